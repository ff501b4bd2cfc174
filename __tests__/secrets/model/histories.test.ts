import * as fc from "fast-check";
import { rotate } from "../../../functions/rotate-secret/protocol";
import { type Verification, verifyDelivery } from "../../../functions/shared/webhook-verify";
import { driveOn, driveRotation } from "../../../src/secrets/model/driver";
import { signer } from "../../../src/secrets/model/sender";
import { modelRotation, twoLabels } from "../../../src/secrets/model/two-labels";
import { parameters, stage } from "./support";

/** T26: what may happen to a secret, in any order. */
type Event =
  | { readonly does: "rotate"; readonly crashAtCall: number; readonly retries: number }
  | { readonly does: "write by hand" }
  | { readonly does: "cancel and enable" }
  | { readonly does: "wait"; readonly seconds: number }
  | { readonly does: "repeat a step"; readonly step: "createSecret" | "setSecret" | "testSecret" | "finishSecret" };

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ does: fc.constant("rotate" as const), crashAtCall: fc.nat(20), retries: fc.nat(2) }),
  fc.record({ does: fc.constant("write by hand" as const) }),
  fc.record({ does: fc.constant("cancel and enable" as const) }),
  fc.record({ does: fc.constant("wait" as const), seconds: fc.constantFrom(1, 60, 400, 25 * 3600) }),
  fc.record({
    does: fc.constant("repeat a step" as const),
    step: fc.constantFrom("createSecret", "setSecret", "testSecret", "finishSecret"),
  }),
);

async function live(events: readonly Event[], forged: boolean) {
  const crashes = new Set<number>();
  const at = await stage({ forged }, [], (call) => {
    if (crashes.has(call)) throw new Error("The function ended.");
  });
  const drive = (retries: number) => ({
    ...{ clock: at.clock, secrets: at.secrets, retries, leavePending: false },
    runStep: twoLabels.runStep(at.world()),
  });
  for (const [index, each] of events.entries()) {
    const token = `rotation-${index}`;
    if (each.does === "rotate") {
      crashes.add(at.calls.count() + each.crashAtCall);
      await driveOn(drive(each.retries), token);
    }
    if (each.does === "write by hand") at.secrets.putSecretValue(`by-hand-${index}`, `by-hand-${index}`);
    if (each.does === "cancel and enable") {
      at.secrets.cancelRotation();
      await driveOn(drive(0), token);
      at.secrets.enableRotation();
    }
    if (each.does === "wait") await at.clock.advance(each.seconds * 1000);
    if (each.does === "repeat a step") {
      const last = at.holder("LIVE") ?? token;
      await rotate(each.step, { token: last }, modelRotation(at.world())).catch(() => undefined);
    }
    at.look();
  }
  crashes.clear();
  await at.clock.advance(25 * 3600 * 1000);
  for (const token of ["last-1", "last-2"]) {
    if (await driveOn(drive(2), token)) break;
    await at.clock.advance(600_000);
  }
  await at.clock.advance(700_000);
  return at;
}

describe("T26: any history of rotations, crashes, writes and waits", () => {
  it("refuses no delivery, keeps the sender's key under a label, and can be put in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 6 }), async (events) => {
        const at = await live(events, false);

        expect(at.counts).toMatchObject({ rejections: 0, forgeriesAccepted: 0 });
        expect(at.unlabelledInstants()).toBe(0);
        expect(at.holder("LIVE")).toBe(at.holder("AWSCURRENT"));
      }),
      { numRuns: 60, seed: 20_260_101 },
    );
  }, 120_000);

  it("accepts no forgery and no key that nobody has had", async () => {
    const at = await live([{ does: "rotate", crashAtCall: 7, retries: 1 }], true);

    expect(at.counts.forgeriesAccepted).toBe(0);
    for (const key of ["", "key-99", "by-hand"]) {
      const answers: Verification[] = [];
      for (const ring of at.receivers) answers.push(await verifyDelivery(signer()(key), ring));
      expect(answers.every(({ ok }) => !ok)).toBe(true);
    }
  });
});

describe("T15: caches of every age, under a flood of forgeries", () => {
  it.each([30, 300, 3_600])("refuse nothing where keys are kept %p s", async (keyRefreshSeconds) => {
    for (const missCooldownSeconds of [1, 5]) {
      const at = await stage({ forged: true, parameters: { ...parameters, keyRefreshSeconds, missCooldownSeconds } });
      await driveRotation(
        {
          ...{ clock: at.clock, secrets: at.secrets, retries: 0, leavePending: false },
          runStep: twoLabels.runStep(at.world()),
        },
        "rotation-1",
      );
      await at.clock.advance(60_000);

      expect(at.counts).toMatchObject({ rejections: 0, forgeriesAccepted: 0 });
    }
  });

  it("refuse something where a miss waits longer than the rotation", async () => {
    const at = await stage({ forged: true, parameters: { ...parameters, missCooldownSeconds: 20 } });
    await driveRotation(
      {
        ...{ clock: at.clock, secrets: at.secrets, retries: 0, leavePending: false },
        runStep: twoLabels.runStep(at.world()),
      },
      "rotation-1",
    );
    await at.clock.advance(60_000);

    expect(at.counts.rejections).toBeGreaterThan(0);
  });
});
