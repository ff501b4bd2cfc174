import { existingRefs } from "../adopt/existing-refs";
import * as defaults from "../config/defaults";
import type { Names } from "../config/names";
import type { Config } from "../config/schema";
import {
  isRotated,
  type PlannedSecret,
  plannedSecrets,
  redeliversFor,
  rotatedKinds,
  rotatorNoun,
  sweptKinds,
  webhookSource,
} from "../secrets/planned-secrets";
import type { WatchedRotation } from "../slo/watched";

/** All secrets of an environment that are watched or rotated, those that others made among them. */
export const secretsOf = (
  config: Pick<Config, "secrets" | "existing" | "account">,
  names: Names,
): readonly PlannedSecret[] =>
  plannedSecrets(config.secrets, existingRefs(config, names).rotations, defaults.secrets.manualMaxAgeDays);

/** What of them gets alarms, and the functions that look after them. */
export function watchedRotation(planned: readonly PlannedSecret[]): WatchedRotation {
  const kinds = rotatedKinds(planned);
  const own = (noun: "rotation-auditor" | "credential-sweeper" | "redeliver-webhooks") => ({ noun, size: noun });
  return {
    secrets: planned.map((secret) => ({
      noun: secret.noun,
      maxAgeDays: secret.maxAgeDays,
      rotates: isRotated(secret),
      signs: webhookSource(secret.noun) !== undefined,
      isSwept: isRotated(secret) && sweptKinds.includes(secret.kind),
    })),
    redelivers: redeliversFor(planned),
    functions: [
      ...kinds.map((kind) => ({ noun: rotatorNoun(kind), size: "rotate-secret" as const })),
      own("rotation-auditor"),
      ...(kinds.some((kind) => sweptKinds.includes(kind)) ? [own("credential-sweeper")] : []),
      ...(redeliversFor(planned) ? [own("redeliver-webhooks")] : []),
    ],
  };
}
