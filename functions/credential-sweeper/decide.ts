import { holderOf, type SecretMetadata } from "../shared/secret-metadata";
import { formerLabels } from "../shared/usable-keys";

/** A key of API Gateway, without its value. */
export interface ApiKeyState {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** Of the last change: of a disabled key, when that was. */
  readonly changedAt?: Date;
  /** Secret it was made for; absent on a key that no rotation made. */
  readonly secretName?: string;
}

/** `ask-usage`: it may go if nobody has called with it since `usedSince`. */
export type KeyVerdict =
  | { readonly kind: "keep" }
  | { readonly kind: "disable" }
  | { readonly kind: "ask-usage"; readonly usedSince: Date };

const dayMs = 86_400_000;
/** A disabled key can be enabled again for this long. */
const disabledDays = 7;

/** Judges a key by the labels of the version it belongs to, in two stages, of which the first can be taken back. */
export function judgeKey(
  key: ApiKeyState,
  secret: { readonly name: string; readonly metadata: SecretMetadata },
  graceSeconds: number,
  now: Date,
): KeyVerdict {
  const prefix = `${secret.name}-`;
  const isOurs = key.secretName === secret.name && key.name.startsWith(prefix);
  const isRetired = isOurs && isKeyRetired(secret.metadata, key.name.slice(prefix.length), graceSeconds, now);
  if (!isRetired) return { kind: "keep" };
  if (key.isEnabled) return { kind: "disable" };
  const usedSince = new Date(now.getTime() - disabledDays * dayMs);
  return key.changedAt && key.changedAt <= usedSince ? { kind: "ask-usage", usedSince } : { kind: "keep" };
}

/** Whether a client secret of Entra ID may go: its version has no label, and nothing was written within the grace. */
export function isPasswordRetired(
  displayName: string | undefined,
  metadata: SecretMetadata,
  graceSeconds: number,
  now: Date,
): boolean {
  const labels = displayName === undefined ? undefined : labelsOf(metadata, displayName);
  if (labels === undefined || labels.length > 0) return false;
  const labelled = metadata.versions.filter((version) => version.labels.length > 0);
  return (
    labelled.length > 0 &&
    labelled.every(({ createdAt }) => createdAt !== undefined && isOver(createdAt, graceSeconds, now))
  );
}

/** Grace runs as it does for receivers: from the later of the creation of AWSCURRENT and the secret's last change. */
function isKeyRetired(metadata: SecretMetadata, versionId: string, graceSeconds: number, now: Date): boolean {
  const labels = labelsOf(metadata, versionId);
  const isFormerOnly = labels?.every((label) => formerLabels.includes(label)) ?? false;
  const since = [holderOf(metadata, "AWSCURRENT")?.createdAt, metadata.lastChangedAt];
  return (
    isFormerOnly &&
    since[0] !== undefined &&
    since.every((date) => date === undefined || isOver(date, graceSeconds, now))
  );
}

const versionIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Labels of a version that the secret has or had; `undefined` for any other id.
 *
 * What bears a name that is no version of this secret was made by somebody else, who may be the same platform in another
 * environment: it is never touched.
 */
function labelsOf({ versions }: SecretMetadata, versionId: string): readonly string[] | undefined {
  if (!versionIdForm.test(versionId)) return undefined;
  return versions.find((version) => version.versionId === versionId)?.labels;
}

function isOver(start: Date, graceSeconds: number, now: Date): boolean {
  return now.getTime() >= start.getTime() + graceSeconds * 1000;
}
