import { adopt, repair, rotate } from "../../../functions/rotate-secret/protocol";
import { verifyDelivery } from "../../../functions/shared/webhook-verify";
import { awsTemplate } from "../../../src/secrets/model/aws-template";
import { driveOn, driveRotation } from "../../../src/secrets/model/driver";
import { run } from "../../../src/secrets/model/run";
import { signer } from "../../../src/secrets/model/sender";
import { modelRotation, twoLabels } from "../../../src/secrets/model/two-labels";
import { allLabels, parameters, stage } from "./support";

const ours = { protocol: twoLabels, receivers: allLabels, parameters };
const allCalls = Array.from({ length: 13 }, (_, index) => index + 1);
const minute = 60;
const hour = 60 * minute;

const driverOf = (at: Awaited<ReturnType<typeof stage>>, retries = 0) => ({
  ...{ clock: at.clock, secrets: at.secrets, retries, leavePending: false },
  runStep: twoLabels.runStep(at.world()),
});

describe("T2: a call that never succeeds", () => {
  it.each(allCalls)("ends the rotation with an error, call %p, and refuses no delivery", async (call) => {
    const faults = Array.from({ length: 40 }, (_, index) => ({ call: call + index, kind: "error" as const }));

    const result = await run({ ...ours, faults, retries: 2, stuckSeconds: 0 });

    expect(result).toMatchObject({ rejections: 0, unlabelledInstants: 0, ends: { hasCurrent: true } });
  });
});

describe("T3: an answer that is lost, and the SDK that asks again", () => {
  it.each(allCalls)("makes no second value and no second change, call %p", async (call) => {
    const result = await run({ ...ours, faults: [{ call, kind: "twice" }], retries: 0, stuckSeconds: 0 });

    expect(result).toMatchObject({ succeeded: true, rejections: 0, unlabelledInstants: 0 });
    expect(result.ends).toEqual({ liveIsCurrent: true, hasCurrent: true, applyingElsewhere: false });
  });
});

describe("T4: a value written by hand", () => {
  it.each(allCalls)("at call %p loses nothing, and the next rotation puts all in order", async (call) => {
    const result = await run({
      ...{ ...ours, operatorWritesAtCall: call, retries: 0, stuckSeconds: 120 },
      secondRotationAfterSeconds: 200,
    });

    expect(result).toMatchObject({ rejections: 0, unlabelledInstants: 0 });
    expect(result.ends).toEqual({ liveIsCurrent: true, hasCurrent: true, applyingElsewhere: false });
  });
});

describe("T5: rotation that is turned off on the way", () => {
  it.each(allCalls)("before call %p goes on where it stopped when it is turned on again", async (call) => {
    const at = await stage({}, [], (number, { secrets }) => number === call && secrets.cancelRotation());
    const hadGoneThrough = await driveRotation(driverOf(at), "rotation-1");
    at.secrets.enableRotation();

    const goesThrough = hadGoneThrough || (await driveOn(driverOf(at, 5), "rotation-2"));
    await at.clock.advance(700_000);

    expect(goesThrough).toBe(true);
    expect(at.counts).toMatchObject({ rejections: 0 });
    expect(at.unlabelledInstants()).toBe(0);
    expect(at.holder("LIVE")).toBe(at.holder("AWSCURRENT"));
  });
});

describe("T8, T9: a rotation that died", () => {
  it("between the change and its confirmation is completed before the next one begins", async () => {
    const at = await stage({}, [{ call: 8, kind: "after" }]);
    await driveRotation(driverOf(at), "rotation-1");
    expect(at.sender.key()).toBe("key-1");
    at.secrets.putSecretValue("by-hand", "by-hand");

    const goesThrough = await driveOn(driverOf(at), "rotation-2");
    await at.clock.advance(700_000);

    expect(goesThrough).toBe(true);
    expect(at.sender.key()).toBe("key-2");
    expect(at.labels()).toEqual({
      "rotation-1": ["FORMER"],
      "rotation-2": ["APPLYING", "LIVE", "AWSCURRENT"],
      "by-hand": ["AWSPREVIOUS"],
      "version-0": ["EARLIER"],
    });
    expect(at.counts.rejections).toBe(0);
    for (const key of ["key-0", "key-1"]) {
      expect(await verifyDelivery(signer()(key), at.receivers[0] as never)).toMatchObject({ ok: true });
    }
  });

  it("is taken up again with its own version", async () => {
    const at = await stage({}, [{ call: 5, kind: "before" }]);
    await driveRotation(driverOf(at), "rotation-1");

    expect(() => at.secrets.beginRotation("rotation-2")).toThrow("A previous rotation isn't complete.");
    expect(await driveOn(driverOf(at), "rotation-2")).toBe(true);
    expect(at.sender.key()).toBe("key-1");
  });
});

describe("T12: a test of the configuration", () => {
  it.each([
    ["an empty pending version", "test-version"],
    ["the current version", "version-0"],
  ])("passes with %s and writes nothing", async (_, token) => {
    const at = await stage();
    at.secrets.beginRotation(token);
    const before = at.secrets.revision();

    await rotate("testSecret", { token }, modelRotation(at.world()));

    expect(at.secrets.revision()).toBe(before);
    expect(at.sender.key()).toBe("key-0");
  });
});

describe("T13: rotations in close order", () => {
  it.each([
    [24 * hour - 60, "refused"],
    [24 * hour, "carried out"],
  ])("%p s after the last one is %s", async (afterSeconds, outcome) => {
    const at = await stage();
    await driveRotation(driverOf(at), "rotation-1");
    await at.clock.advance(afterSeconds * 1000);

    const goesThrough = await driveRotation(driverOf(at), "rotation-2");

    expect(goesThrough ? "carried out" : "refused").toBe(outcome);
    expect(at.counts.rejections).toBe(0);
  });
});

describe("T14: a change that comes in after the next rotation has ended", () => {
  it("is not refused, is undone by a repair, and counts as a former key until its grace ends", async () => {
    const at = await stage();
    await driveRotation(driverOf(at), "rotation-1");
    const firstKey = at.sender.key();
    await at.clock.advance(25 * hour * 1000);
    await driveRotation(driverOf(at), "rotation-2");
    at.sender.setKey(firstKey);
    await at.clock.advance(hour * 1000);
    expect(at.counts.rejections).toBe(0);

    await repair(modelRotation(at.world()));
    await at.clock.advance(hour * 1000);

    expect(at.sender.key()).toBe("key-2");
    expect(at.counts.rejections).toBe(0);
    const stale = signer()(firstKey);
    expect(await verifyDelivery(stale, at.receivers[0] as never)).toMatchObject({ ok: true });
    await at.clock.advance(30 * hour * 1000);
    expect(await verifyDelivery(stale, at.receivers[0] as never)).toEqual({
      ok: false,
      reason: "no-match",
      status: 401,
    });
  });

  it("is not repaired into a rotation that is under way", async () => {
    const at = await stage({}, [{ call: 7, kind: "before" }]);
    await driveRotation(driverOf(at), "rotation-1");

    await expect(repair(modelRotation(at.world()))).rejects.toMatchObject({ fault: "in-progress" });
  });
});

describe("T16, T17: Secrets Manager or its key that does not answer", () => {
  it("lets known keys be, and answers 503 to a key that may be new", async () => {
    const at = await stage();
    at.setOutage(true);
    await at.clock.advance(2 * hour * 1000);
    expect(at.counts.rejections).toBe(0);

    const unknown = signer()("a key of somebody");
    expect(await verifyDelivery(unknown, at.receivers[0] as never)).toEqual({
      ok: false,
      reason: "no-keys",
      status: 503,
    });
    at.setOutage(false);
    await at.clock.advance(6_000);
    expect(await verifyDelivery(unknown, at.receivers[0] as never)).toMatchObject({ reason: "no-match", status: 401 });
  });
});

describe("T24: two triggers in one minute", () => {
  it("rotate once: the second finds the first under way, or just gone through", async () => {
    const at = await stage({}, [], (call, { secrets }) => {
      if (call === 5) expect(() => secrets.beginRotation("second")).toThrow("A previous rotation isn't complete.");
    });

    expect(await driveRotation(driverOf(at), "first")).toBe(true);
    expect(await driveRotation(driverOf(at), "second")).toBe(false);
    await at.clock.advance(700_000);

    expect([at.sender.key(), at.holder("LIVE"), at.counts.rejections]).toEqual(["key-1", "first", 0]);
  });
});

describe("T29: a sender whose API is down for a day", () => {
  it.each([true, false])(
    "keeps its key, and gets the new one with the same version; label moves date: %p",
    async (moves) => {
      const at = await stage({ labelMovesChangeDate: moves }, [{ call: 8, kind: "before" }]);
      await driveRotation(driverOf(at), "rotation-1");
      await at.clock.advance(25 * hour * 1000);
      expect(at.counts.rejections).toBe(0);

      const goesThrough = await driveOn(driverOf(at), "rotation-2");
      await at.clock.advance(4 * hour * 1000);

      expect(goesThrough).toBe(true);
      expect(at.labels()).toEqual({
        "version-0": ["FORMER", "AWSPREVIOUS"],
        "rotation-1": ["APPLYING", "LIVE", "AWSCURRENT"],
      });
      expect(at.counts.rejections).toBe(0);
      expect(await verifyDelivery(signer()("key-0"), at.receivers[0] as never)).toMatchObject({ ok: true });
    },
  );
});

describe("a secret from elsewhere", () => {
  it("does not rotate before the sender is known to use its value", async () => {
    const at = await stage({ before: "not-adopted" });

    expect(await driveRotation(driverOf(at, 5), "rotation-1")).toBe(false);
    await adopt(modelRotation(at.world()), false);
    expect(await driveOn(driverOf(at), "rotation-2")).toBe(true);
    await at.clock.advance(700_000);

    expect(at.counts.rejections).toBe(0);
    expect(at.holder("LIVE")).toBe("rotation-1");
  });
});

it("AWS's template, too, refuses nothing where nothing goes wrong and receivers read again on a miss", async () => {
  const result = await run({ ...ours, protocol: awsTemplate, retries: 0, stuckSeconds: 0 });

  expect(result).toMatchObject({ calls: 13, succeeded: true, rejections: 0 });
});
