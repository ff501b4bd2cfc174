import type { Stages } from "../shared/secret-store";
import { type MovedLabel, type Rotation, RotationError } from "./ports";

/** The version that carries a label. */
export function holder(stages: Stages, label: string): string | undefined {
  return Object.keys(stages).find((versionId) => stages[versionId]?.includes(label));
}

/** Labels of one secret as this step has seen and moved them. */
export interface Labels {
  holder(label: string): string | undefined;
  /** Puts the label on a version; throws a `RotationError` where somebody else has moved it elsewhere. */
  put(label: MovedLabel, versionId: string): Promise<void>;
}

/** Moves labels by compare-and-swap from where they were seen.
 *
 * A lost response makes the SDK repeat a move that has succeeded, which Secrets Manager then refuses. So a refused move
 * is looked at once more before it counts as lost.
 */
export function labelsOf({ secret, onProgress }: Pick<Rotation, "secret" | "onProgress">, seen: Stages): Labels {
  const holders = new Map<string, string>();
  for (const [versionId, labels] of Object.entries(seen)) {
    for (const label of labels) holders.set(label, versionId);
  }

  return {
    holder: (label) => holders.get(label),
    async put(label, versionId) {
      const from = holders.get(label);
      if (from === versionId) return;
      const outcome = await secret.move(label, { to: versionId, ...(from !== undefined && { from }) });
      if (outcome === "lost" && holder((await secret.describe()).stages, label) !== versionId) {
        throw new RotationError("label-lost", `${label} was moved by somebody else during this step.`);
      }
      holders.set(label, versionId);
      onProgress({ event: "label-moved", detail: label });
    },
  };
}
