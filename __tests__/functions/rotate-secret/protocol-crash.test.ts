import { holder } from "../../../functions/rotate-secret/labels";
import { rotate, steps } from "../../../functions/rotate-secret/protocol";
import { rotatingSecret, sealed } from "../support/rotating-secret";

const versions = () => ({
  v1: { labels: ["AWSCURRENT", "LIVE"], secretString: sealed("key of v1") },
  v2: { labels: ["AWSPENDING"] },
});

const completed = {
  v1: ["AWSPREVIOUS", "FORMER"],
  v2: ["APPLYING", "AWSCURRENT", "AWSPENDING", "LIVE"],
};

const all = async (rotation: Parameters<typeof rotate>[2], token = "v2") => {
  for (const step of steps) await rotate(step, { token }, rotation);
};

describe("a rotation that ends at any call", () => {
  const calls = [
    "describe",
    "get v2",
    "put v2",
    "describe",
    "get v2",
    "sleep 10000",
    "APPLYING: nowhere -> v2",
    "FORMER: nowhere -> v1",
    "apply key of v2 as v2",
    "LIVE: v1 -> v2",
    "describe",
    "verify a key as v2",
    "describe",
    "AWSCURRENT: v1 -> v2",
  ];

  /** Ends the function at this call, and checks at every one that the sender's key is in the version LIVE or APPLYING. */
  function endingAt(position: number, end: "before" | "after") {
    const made = rotatingSecret(versions());
    const { state } = made;
    state.senderKey = "key of v1";
    state.disturb = (call, moment) => {
      const inUse = ["LIVE", "APPLYING"].map((label) => state.versions.get(made.holder(label) ?? "")?.secretString);
      expect(inUse).toContain(sealed(state.senderKey ?? ""));
      if (state.calls.length !== position + 1 || moment !== end) return;
      expect(call).toBe(calls[position]);
      throw new Error("ended");
    };
    return made;
  }

  it.each(
    calls.flatMap((call, position) => (["before", "after"] as const).map((end) => [position, call, end] as const)),
  )("%i (%s), %s it, is completed by the next attempt", async (position, _call, end) => {
    const { rotation, state, labels } = endingAt(position, end);

    await expect(all(rotation)).rejects.toThrow("ended");
    await all(rotation);

    expect(labels()).toEqual(completed);
    expect(state.senderKey).toBe("key of v2");
  });

  it.each(calls.map((call, position) => [position, call] as const))(
    "%i (%s) is rolled forward by the next rotation",
    async (position) => {
      const { rotation, state, attach, holder: of } = endingAt(position, "after");
      await expect(all(rotation)).rejects.toThrow("ended");
      state.versions.set("v3", { labels: [] });
      attach("AWSPENDING", "v3");

      await all(rotation, "v3");

      expect([of("LIVE"), of("AWSCURRENT"), of("APPLYING")]).toEqual(["v3", "v3", "v3"]);
      expect(state.senderKey).toBe("key of v3");
    },
  );
});

describe("a label that is refused its move", () => {
  const moves = ["APPLYING: nowhere -> v2", "LIVE: v1 -> v2", "FORMER: nowhere -> v1", "AWSCURRENT: v1 -> v2"];

  it.each(moves)("%s has moved if it is seen at its target", async (move) => {
    const { rotation, state, labels } = rotatingSecret(versions());
    state.answeredLost = [move];

    await all(rotation);

    expect(state.calls[state.calls.indexOf(move) + 1]).toBe("describe");
    expect(labels()).toEqual(completed);
  });

  it.each(moves)("%s is lost if somebody else has moved it elsewhere", async (move) => {
    const { rotation, state, attach } = rotatingSecret({
      ...versions(),
      hand: { labels: [], secretString: "by hand" },
    });
    state.disturb = (call, moment) => {
      if (call === move && moment === "before") attach(move.split(":")[0] ?? "", "hand");
    };

    await expect(all(rotation)).rejects.toMatchObject({
      name: "RotationError:label-lost",
      fault: "label-lost",
      message: `${move.split(":")[0]} was moved by somebody else during this step.`,
    });
    expect(state.calls.slice(-2)).toEqual([move, "describe"]);
    expect(state.progress.at(-1)).not.toEqual({ event: "label-moved", detail: move.split(":")[0] });
  });
});

it("the holder of a label is the version that carries it, if one does", () => {
  expect(holder({ v1: ["AWSCURRENT"], v2: ["AWSPENDING", "LIVE"] }, "LIVE")).toBe("v2");
  expect(holder({ v1: ["AWSCURRENT"] }, "LIVE")).toBeUndefined();
});
