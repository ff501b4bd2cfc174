import { judgeKey } from "./decide";
import type { KeySecret, Sweeping, SweepPorts, SweepTime } from "./ports";

/** Finds the keys of one secret, to disable the former ones and remove those that nobody has missed for a week. */
export async function findKeys(
  { name, target }: KeySecret,
  { now, graceSeconds }: SweepTime,
  { apiKeys, log }: Pick<SweepPorts, "apiKeys" | "log">,
): Promise<Sweeping> {
  const keys = await apiKeys.list(`${name}-`);
  return async (metadata) => {
    let stillUsed = 0;
    for (const key of keys) {
      const verdict = judgeKey(key, { name, metadata }, graceSeconds, now);
      const fields = { secretName: name, keyName: key.name };
      if (verdict.kind === "keep") continue;
      if (verdict.kind === "disable") {
        await apiKeys.disable(key.id);
        log.info("key-disabled", fields);
      } else if ((await apiKeys.callsAfter(target.usagePlanId, key.id, verdict.usedSince, now)) > 0) {
        stillUsed += 1;
        log.warn("key-still-used", fields);
      } else {
        await apiKeys.remove(key.id);
        log.info("key-removed", fields);
      }
    }
    return stillUsed;
  };
}
