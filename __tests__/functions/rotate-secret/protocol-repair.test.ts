import { poll } from "../../../functions/rotate-secret/pace";
import type { RotationFault } from "../../../functions/rotate-secret/ports";
import { adopt, repair } from "../../../functions/rotate-secret/protocol";
import { rotatingSecret, sealed, startMs } from "../support/rotating-secret";

const key = (id: string, ...labels: string[]) => ({ labels, secretString: sealed(`key of ${id}`) });
const refusal = (fault: RotationFault, message: string) => ({ name: `RotationError:${fault}`, fault, message });

describe("repair", () => {
  it("sets the sender to the version LIVE once more and moves no label", async () => {
    const { rotation, state, labels } = rotatingSecret({
      v1: key("v1", "AWSPREVIOUS", "LIVE"),
      v2: key("v2", "AWSCURRENT"),
    });

    await repair(rotation);

    expect(state.calls).toEqual(["describe", "get v1", "apply key of v1 as v1"]);
    expect(labels()).toEqual({ v1: ["AWSPREVIOUS", "LIVE"], v2: ["AWSCURRENT"] });
  });

  it("leaves a rotation under way alone", async () => {
    const { rotation, state } = rotatingSecret({ v1: key("v1", "LIVE"), v2: key("v2", "AWSPENDING", "APPLYING") });

    await expect(repair(rotation)).rejects.toMatchObject(
      refusal("in-progress", "A rotation is under way or has stopped; it is driven on instead."),
    );
    expect(state.calls).toEqual(["describe"]);
  });

  it("is not kept from it by the intent of the last rotation, which stays", async () => {
    const { rotation, state } = rotatingSecret({ v1: key("v1", "LIVE", "APPLYING") });

    await repair(rotation);

    expect(state.calls).toEqual(["describe", "get v1", "apply key of v1 as v1"]);
  });

  it("knows nothing to set before the secret is adopted", async () => {
    const { rotation, state } = rotatingSecret({ v1: key("v1", "AWSCURRENT") });

    await expect(repair(rotation)).rejects.toMatchObject(
      refusal("not-adopted", "No version is known to be the sender's."),
    );
    expect(state.calls).toEqual(["describe"]);
  });

  it("does not send a key to a target that the registry does not name", async () => {
    const secretString = sealed("x").replace("acme/shop", "acme/other");
    const { rotation, state } = rotatingSecret({ v1: { labels: ["LIVE"], secretString } });

    await expect(repair(rotation)).rejects.toMatchObject({ fault: "other-target" });
    expect(state.calls).toEqual(["describe", "get v1"]);
  });
});

describe("adopt", () => {
  const bare = () => rotatingSecret({ v1: { labels: ["AWSCURRENT"], secretString: "from elsewhere" } });

  it("takes the current value over once the sender has shown that it uses it", async () => {
    const { rotation, state, labels } = bare();
    state.readsValueToVerify = true;

    await adopt(rotation, false);

    expect(state.calls).toEqual(["describe", "get v1", "verify from elsewhere as v1", "LIVE: nowhere -> v1"]);
    expect(labels()).toEqual({ v1: ["AWSCURRENT", "LIVE"] });
  });

  it("asks nobody where a delivery was signed with it", async () => {
    const { rotation, state } = bare();

    await adopt(rotation, true);

    expect(state.calls).toEqual(["describe", "get v1", "LIVE: nowhere -> v1"]);
  });

  it("does not take the value over on trust", async () => {
    const { rotation, state, labels } = bare();
    state.outcome = "unverifiable";

    await expect(adopt(rotation, false)).rejects.toMatchObject(
      refusal("not-adopted", "The sender has not shown that it uses the current value."),
    );
    expect(labels()).toEqual({ v1: ["AWSCURRENT"] });
  });

  it("leaves a secret alone that is adopted already", async () => {
    const { rotation, state } = rotatingSecret({ v1: key("v1", "LIVE", "APPLYING") });

    await adopt(rotation, true);

    expect(state.calls).toEqual(["describe"]);
  });

  it("finds nothing to take over in an empty secret", async () => {
    const { rotation } = rotatingSecret({ v1: { labels: ["AWSPENDING"] } });

    await expect(adopt(rotation, true)).rejects.toMatchObject(
      refusal("no-value", "The secret has no current value to take over."),
    );
  });

  it.each([
    ["before its intent", ["AWSCURRENT", "AWSPENDING"], ["APPLYING: nowhere -> v1"]],
    ["after its intent", ["AWSCURRENT", "APPLYING"], []],
  ])("completes a first rotation that stopped %s: its value was made for the sender", async (_when, given, intent) => {
    const { rotation, state, holder } = rotatingSecret({ v1: key("v1", ...given) });
    state.outcome = "unverifiable";

    await adopt(rotation, false);

    expect(state.calls).toEqual(["describe", "get v1", ...intent, "apply key of v1 as v1", "LIVE: nowhere -> v1"]);
    expect([holder("LIVE"), holder("APPLYING")]).toEqual(["v1", "v1"]);
  });

  it("waits until such a value may be used", async () => {
    const { rotation, state } = rotatingSecret({
      v1: { ...key("v1", "AWSCURRENT"), createdAt: new Date(startMs - 4_200) },
    });

    await adopt(rotation, false);

    expect(state.calls.slice(0, 4)).toEqual(["describe", "get v1", "sleep 5800", "APPLYING: nowhere -> v1"]);
  });

  it("leaves another version's rotation alone", async () => {
    const { rotation, labels } = rotatingSecret({ v1: key("v1", "AWSCURRENT"), v2: key("v2", "APPLYING") });

    await expect(adopt(rotation, true)).rejects.toMatchObject(
      refusal("in-progress", "A rotation is under way or has stopped; it is driven on instead."),
    );
    expect(labels()).toEqual({ v1: ["AWSCURRENT"], v2: ["APPLYING"] });
  });
});

describe("a sender that is asked again and again", () => {
  const asking = async (yesAtAsk: number, lastsMs: number) => {
    const { rotation, state } = rotatingSecret({});
    state.endsAtMs = startMs + lastsMs;
    let asks = 0;
    await poll(rotation.pacing, 2_000, async () => {
      asks += 1;
      return asks === yesAtAsk;
    });
    return state.calls;
  };

  it("is waited for until it uses the new key", async () => {
    expect(await asking(1, 0)).toEqual([]);
    expect(await asking(3, 60_000)).toEqual(["sleep 2000", "sleep 2000"]);
  });

  it("is waited for as long as ten seconds are left after the wait", async () => {
    expect(await asking(2, 12_000)).toEqual(["sleep 2000"]);
    await expect(asking(2, 11_999)).rejects.toMatchObject(
      refusal("not-verified", "The sender has not shown in time that it uses the new key."),
    );
  });
});
