import { holderOf, type KnownVersion, type SecretMetadata } from "../shared/secret-metadata";

/** Which version a delivery was last signed with, and when it came in. */
export interface KeySeen {
  readonly versionId: string;
  readonly at: Date;
}

/** A secret's row in the registry, as far as it is judged by it. */
export interface AuditRules {
  /** Nothing can rotate it but a person: it is measured, and never written. */
  readonly isManual: boolean;
  readonly maxAgeDays: number;
}

/** Why a rotation is asked for. */
export type RotateReason = "no-current" | "stuck" | "due";

/** What an audit found, and what is to be done about it, in this order: adopt or repair, then rotate. */
export interface Verdict {
  /** Since the last rotation, else since AWSCURRENT, else since the secret was made; absent where there is no date. */
  readonly ageDays?: number;
  /** A rotation has stopped half-way for over an hour, or is turned off. */
  readonly isStuck: boolean;
  /** The sender signs with another version than LIVE. */
  readonly hasDrifted: boolean;
  /** `confirmed`: a delivery signed with AWSCURRENT has come in. */
  readonly adopt?: { readonly confirmed: boolean };
  readonly repair: boolean;
  readonly rotate?: RotateReason;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Judges one secret by its labels and dates.
 *
 * A rotation that is younger than an hour is left alone: it is under way. One RotateSecret at most comes of it, for a
 * second one would only be refused. A secret that nobody has adopted is not rotated, for its rotation would be refused
 * as well; it is the next check that sees it adopted.
 */
export function decide(
  secret: SecretMetadata,
  seen: KeySeen | undefined,
  { isManual, maxAgeDays }: AuditRules,
  now: Date,
): Verdict {
  const ageDays = ageOf(secret, isManual, now);
  const measured = ageDays === undefined ? {} : { ageDays };
  if (isManual) return { ...measured, isStuck: false, hasDrifted: false, repair: false };

  const current = holderOf(secret, "AWSCURRENT");
  const live = holderOf(secret, "LIVE");
  const applying = holderOf(secret, "APPLYING");
  const openSince = unfinishedSince(secret);
  const isOver = openSince !== undefined && isOverAnHour(openSince, now);
  const hasDrifted = driftOf(live, seen, secret.lastRotatedAt);
  const needsAdoption = current !== undefined && live === undefined && (applying === undefined || applying === current);
  const adopt = needsAdoption && !isFirstUnderWay(secret, now);
  const rotate = rotateReason({
    isOff: !secret.rotationEnabled,
    isEmpty: current === undefined,
    isOpen: openSince !== undefined,
    isOver,
    isDue: ageDays !== undefined && ageDays > maxAgeDays,
  });

  return {
    ...measured,
    isStuck: isOver || !secret.rotationEnabled,
    hasDrifted,
    ...(adopt && { adopt: { confirmed: seen?.versionId === current.versionId } }),
    repair: hasDrifted && (applying === undefined || applying === live),
    ...(rotate && !needsAdoption && { rotate }),
  };
}

interface RotateFacts {
  readonly isOff: boolean;
  readonly isEmpty: boolean;
  readonly isOpen: boolean;
  readonly isOver: boolean;
  readonly isDue: boolean;
}

function rotateReason({ isOff, isEmpty, isOpen, isOver, isDue }: RotateFacts): RotateReason | undefined {
  if (isOff) return undefined;
  if (isOver) return "stuck";
  if (isOpen) return undefined;
  if (isEmpty) return "no-current";
  return isDue ? "due" : undefined;
}

/** Since when a rotation stands half-way, at the earliest of its signs; a version without a date counts from the last change. */
function unfinishedSince(secret: SecretMetadata): Date | undefined {
  const dated = (version: KnownVersion) => version.createdAt ?? secret.lastChangedAt ?? secret.createdAt;
  const laterOf = (one: KnownVersion, other: KnownVersion | undefined) =>
    [dated(one), other && dated(other)]
      .filter((date) => date !== undefined)
      .sort(byTime)
      .at(-1);
  const [current, live, applying, pending] = ["AWSCURRENT", "LIVE", "APPLYING", "AWSPENDING"].map((label) =>
    holderOf(secret, label),
  );
  const signs = [
    pending && pending !== current && dated(pending),
    applying && applying !== live && laterOf(applying, live),
    live && live !== current && laterOf(live, current),
  ];
  return signs
    .filter((sign) => sign instanceof Date)
    .sort(byTime)
    .at(0);
}

/** What came in within an hour after LIVE was written, or after its rotation went through, may have been under way. */
function driftOf(live: KnownVersion | undefined, seen: KeySeen | undefined, lastRotatedAt: Date | undefined): boolean {
  if (!live?.createdAt || !seen || seen.versionId === live.versionId) return false;
  return [live.createdAt, lastRotatedAt].every((date) => date === undefined || isOverAnHour(date, seen.at));
}

/** Whether the first value was made within the hour: the rotation that made it has its sender still to set. */
function isFirstUnderWay(secret: SecretMetadata, now: Date): boolean {
  const current = holderOf(secret, "AWSCURRENT");
  const isPending = current !== undefined && current === holderOf(secret, "AWSPENDING");
  return isPending && current.createdAt !== undefined && !isOverAnHour(current.createdAt, now);
}

/** A manual secret is as old as its value: it may have rotated once, under another kind. */
function ageOf(secret: SecretMetadata, isManual: boolean, now: Date): number | undefined {
  const lastRotatedAt = isManual ? undefined : secret.lastRotatedAt;
  const since = lastRotatedAt ?? holderOf(secret, "AWSCURRENT")?.createdAt ?? secret.createdAt;
  return since && (now.getTime() - since.getTime()) / dayMs;
}

const isOverAnHour = (since: Date, at: Date): boolean => at.getTime() - since.getTime() > hourMs;

const byTime = (one: Date, other: Date): number => one.getTime() - other.getTime();
