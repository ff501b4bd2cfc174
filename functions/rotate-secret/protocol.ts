import { envelopeText } from "../shared/envelope";
import { type Labels, labelsOf } from "./labels";
import { readPatiently } from "./pace";
import { type Rotation, RotationError, type RotationState } from "./ports";
import { readValue, settle, switchTo } from "./switch";

/** Steps of a rotation, as they stand in the event (the guide prints others), in this order. */
export const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type Step = (typeof steps)[number];

/** The version under rotation. */
export interface Attempt {
  readonly token: string;
  /** For rotations across accounts; goes back to Secrets Manager and into no log. */
  readonly rotationToken?: string;
}

/** One step of a rotation. Each may be repeated, run twice at once or end anywhere, and no delivery is refused for it.
 *
 * Two labels are a write-ahead log. `APPLYING` is the intent: attached before the sender is changed. `LIVE` is what the
 * sender uses: moved when the change is confirmed, after which both rest on one version. So at every instant the
 * sender's key is in the version LIVE or APPLYING, both move by compare-and-swap only, and a receiver that takes every
 * labelled version takes it. `FORMER` is what the sender used before, for deliveries that were signed with it: AWSPREVIOUS
 * goes elsewhere as soon as somebody writes a value by hand. `EARLIER` is what it used before that, where one step makes
 * up for a change that had stopped and makes its own.
 */
export async function rotate(step: Step, attempt: Attempt, rotation: Rotation): Promise<void> {
  const has = ({ stages }: RotationState, label: string) => stages[attempt.token]?.includes(label) ?? false;
  const isUnderRotation = (state: RotationState) => has(state, "AWSPENDING") || has(state, "AWSCURRENT");
  const isSet = step === "testSecret" || step === "finishSecret";
  const state = await readPatiently(
    rotation.pacing,
    () => rotation.secret.describe(),
    (answer) => isUnderRotation(answer) && (!isSet || has(answer, "LIVE")),
  );
  if (!state.rotationEnabled) throw new RotationError("rotation-off", "Rotation is turned off for this secret.");
  if (!isUnderRotation(state))
    throw new RotationError("unknown-version", "The version is neither pending nor current.");
  await stepCode[step](rotation, state, attempt);
}

type StepCode = (rotation: Rotation, state: RotationState, attempt: Attempt) => Promise<void>;

const stepCode: Readonly<Record<Step, StepCode>> = {
  async createSecret(rotation, state, { token, rotationToken }) {
    const { secret, strategy, registered } = rotation;
    if (await secret.get(token)) return;
    const labels = labelsOf(rotation, state.stages);
    const current = labels.holder("AWSCURRENT");
    if (current !== undefined && current !== token && labels.holder("LIVE") === undefined) {
      throw new RotationError("not-adopted", "Nobody has confirmed that the sender uses the current value.");
    }
    requireRest(rotation, state, token);
    const value = await strategy.create(token);
    await secret.put(token, envelopeText({ ...registered, value }), rotationToken);
  },

  async setSecret(rotation, { stages }, { token }) {
    const labels = labelsOf(rotation, stages);
    const live = labels.holder("LIVE");
    const applying = labels.holder("APPLYING");
    if (live === token && (applying === undefined || applying === token)) return;
    if (applying !== undefined && applying !== token && applying !== live) {
      const { value } = await readValue(rotation, applying);
      if (live !== undefined) await labels.put("EARLIER", live);
      await switchTo(rotation, labels, applying, value);
      rotation.onProgress({ event: "rolled-forward", detail: applying });
      // What the sender has signed until now is on its way, and each receiver may have spent its next read on this key.
      await settle(rotation, rotation.pacing.now());
    }
    const { value, createdAt } = await readValue(rotation, token);
    await settle(rotation, createdAt.getTime());
    await switchTo(rotation, labels, token, value);
  },

  async testSecret(rotation, { stages }, { token }) {
    // A test of the configuration, on a version that is taken away again: nothing was set, so nothing is to be verified.
    if (!stages[token]?.includes("LIVE")) return rotation.strategy.dryRun();
    const value = async () => (await readValue(rotation, token)).value;
    const outcome = await rotation.strategy.verify(value, token);
    if (outcome === "unverifiable") rotation.onProgress({ event: "unverifiable", detail: token });
  },

  async finishSecret(rotation, { stages }, { token }) {
    if (!stages[token]?.includes("LIVE")) throw new RotationError("not-live", "The sender does not use this version.");
    await labelsOf(rotation, stages).put("AWSCURRENT", token);
  },
};

/** Refuses a rotation too soon after the last one, unless the tag `rotation:force` names it (break-glass). */
function requireRest(rotation: Rotation, { lastRotatedAt, tags }: RotationState, token: string): void {
  const { minIntervalSeconds, pacing } = rotation;
  if (lastRotatedAt === undefined || tags["rotation:force"] === token) return;
  if (lastRotatedAt.getTime() + minIntervalSeconds * 1000 <= pacing.now()) return;
  throw new RotationError("too-soon", `The last rotation was less than ${minIntervalSeconds} s ago.`);
}

/** Sets the sender to the version LIVE once more: it was seen to use another. Moves no label. */
export async function repair(rotation: Rotation): Promise<void> {
  const labels = labelsOf(rotation, (await rotation.secret.describe()).stages);
  const live = labels.holder("LIVE");
  if (live === undefined) throw new RotationError("not-adopted", "No version is known to be the sender's.");
  requireNoRotation(labels, live);
  await rotation.strategy.apply((await readValue(rotation, live)).value, live);
}

/** Makes the current value LIVE where no version is: the secret was here before its rotation, or its first one stopped.
 *
 * A value that was written for this very target is set there. Of any other the sender must be seen to use it: by
 * `confirmed`, a delivery that was signed with it, or by the strategy.
 */
export async function adopt(rotation: Rotation, confirmed: boolean): Promise<void> {
  const labels = labelsOf(rotation, (await rotation.secret.describe()).stages);
  const current = labels.holder("AWSCURRENT");
  if (labels.holder("LIVE") !== undefined) return;
  if (current === undefined) throw new RotationError("no-value", "The secret has no current value to take over.");
  requireNoRotation(labels, current);
  const version = await readValue(rotation, current);
  if (version.isForTarget) {
    await settle(rotation, version.createdAt.getTime());
    return switchTo(rotation, labels, current, version.value);
  }
  const isProved = confirmed || (await rotation.strategy.verify(async () => version.value, current)) === "verified";
  if (!isProved) throw new RotationError("not-adopted", "The sender has not shown that it uses the current value.");
  await labels.put("LIVE", current);
}

function requireNoRotation(labels: Labels, allowed: string): void {
  const applying = labels.holder("APPLYING");
  if (applying === undefined || applying === allowed) return;
  throw new RotationError("in-progress", "A rotation is under way or has stopped; it is driven on instead.");
}
