import { holder } from "../../../functions/rotate-secret/labels";
import type { MovedLabel, RotatingSecret, Rotation, RotationStrategy } from "../../../functions/rotate-secret/ports";
import { adopt, rotate } from "../../../functions/rotate-secret/protocol";
import { modelSecret } from "./model-secret";
import type { Protocol, World } from "./world";

/** The kind and target of the model's secret. */
export const registered = { kind: "model", target: {} } as const;

/** What the rotation function has of a minute in each call. */
const functionMs = 60_000;

/** A rotation by the product's own code. `secret` may hold something back, to see what that does. */
export function modelRotation(world: World, secret?: RotatingSecret): Rotation {
  const { clock, secrets, calls, readLagMs } = world;
  const startedAt = clock.now();
  return {
    secret: secret ?? modelSecret(secrets, calls, readLagMs),
    strategy: modelStrategy(world),
    registered,
    pacing: {
      now: () => clock.now(),
      sleep: (milliseconds) => clock.advance(milliseconds),
      remainingMs: () => functionMs - (clock.now() - startedAt),
    },
    settleSeconds: world.settleSeconds,
    minIntervalSeconds: world.minIntervalSeconds,
    onProgress: () => undefined,
  };
}

/** The product's protocol. */
export const twoLabels: Protocol = {
  runStep: (world) => (step, token) => rotate(step, { token }, modelRotation(world)),
  adopt: (world) => adopt(modelRotation(world), false),
};

/** The product's protocol without some of its labels. */
export const without = (...left: readonly MovedLabel[]): Protocol => ({
  runStep: (world) => (step, token) => {
    const secret = modelSecret(world.secrets, world.calls, world.readLagMs);
    const silent: RotatingSecret = {
      ...secret,
      move: (label, change) => (left.includes(label) ? Promise.resolve("moved") : secret.move(label, change)),
    };
    return rotate(step, { token }, modelRotation(world, silent));
  },
});

/** With a secret that was there before taken over inside its first rotation. */
export const adoptingWhileRotating: Protocol = {
  runStep: (world) => (step, token) => {
    const secret = modelSecret(world.secrets, world.calls, world.readLagMs);
    const adopting: RotatingSecret = {
      ...secret,
      async describe() {
        const state = await secret.describe();
        const current = holder(state.stages, "AWSCURRENT");
        const isAdopted = holder(state.stages, "LIVE") !== undefined;
        if (step !== "createSecret" || isAdopted || current === undefined) return state;
        await secret.move("LIVE", { to: current });
        return { ...state, stages: { ...state.stages, [current]: [...(state.stages[current] ?? []), "LIVE"] } };
      },
    };
    return rotate(step, { token }, modelRotation(world, adopting));
  },
};

/** A sender whose key is set by one call and asked by another. */
function modelStrategy({ calls, sender, newKey }: World): RotationStrategy {
  return {
    create: async () => newKey(),
    apply: (value) => calls.call(() => sender.setKey(value)),
    verify: () => calls.call(() => "verified"),
    dryRun: () => calls.call(() => undefined),
  };
}
