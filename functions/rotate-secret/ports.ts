import type { SecretDescription, SecretReader } from "../shared/secret-store";

/** What Secrets Manager says of a secret that rotates. */
export interface RotationState extends SecretDescription {
  readonly rotationEnabled: boolean;
  /** End of the last rotation that went through; absent before the first. */
  readonly lastRotatedAt?: Date;
  readonly tags: Readonly<Record<string, string>>;
}

/** Labels that move in a rotation; all but AWSCURRENT are this project's own, and `protocol.ts` says what they mean. */
export type MovedLabel = "LIVE" | "APPLYING" | "FORMER" | "EARLIER" | "AWSCURRENT";

/** One secret, as a rotation reads and writes it. */
export interface RotatingSecret extends SecretReader {
  describe(): Promise<RotationState>;
  /** Writes the value under AWSPENDING. `exists`: this version holds a value already, which stays. */
  put(versionId: string, secretString: string, rotationToken?: string): Promise<"stored" | "exists">;
  /** Moves a label from its holder, if it has one. `lost`: it was not at `from` (compare-and-swap). */
  move(label: MovedLabel, change: { readonly to: string; readonly from?: string }): Promise<"moved" | "lost">;
}

/** Time as a rotation spends it. */
export interface Pacing {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Until the function is ended. */
  remainingMs(): number;
}

/** Whether the sender proved that it uses the key, or offers no way to ask; a sender that uses another key is an error. */
export type Verified = "verified" | "unverifiable";

/** How one kind of secret is made and brought to what uses it. Every method may be called again after a crash. */
export interface RotationStrategy {
  /** Makes a new value. Where the other side makes it, what an earlier attempt at this version left there goes first. */
  create(versionId: string): Promise<string>;
  /** Sets the other side to this value, absolutely: the same call again changes nothing. */
  apply(value: string, versionId: string): Promise<void>;
  /** Asks the other side to use its key; throws if it does not within the time. Reads the value only if it needs it. */
  verify(value: () => Promise<string>, versionId: string): Promise<Verified>;
  /** Checks reach, permission and settings of the other side without changing anything. */
  dryRun(): Promise<void>;
}

/** The secret's row in the registry: what kind it is and where its key is used. A changed value cannot redirect it. */
export interface RotationTarget {
  readonly kind: string;
  readonly target: Readonly<Record<string, string | number>>;
}

export interface Rotation {
  readonly secret: RotatingSecret;
  readonly strategy: RotationStrategy;
  readonly registered: RotationTarget;
  readonly pacing: Pacing;
  /** From the write of a key until its sender is changed, so that each receiver may read it when it first misses it. */
  readonly settleSeconds: number;
  /** Between two rotations: the key before stays valid for redeliveries this long at least. */
  readonly minIntervalSeconds: number;
  readonly onProgress: (progress: RotationProgress) => void;
}

export type RotationProgress =
  | { readonly event: "waited-to-settle"; readonly milliseconds: number }
  | { readonly event: "rolled-forward" | "label-moved" | "unverifiable"; readonly detail: string };

/** Why a step is not carried out. A step that fails is started again by Secrets Manager, from `createSecret` on. */
export type RotationFault =
  | "rotation-off"
  | "unknown-version"
  | "not-adopted"
  | "too-soon"
  | "other-target"
  | "no-value"
  | "label-lost"
  | "not-live"
  | "not-verified"
  | "in-progress"
  | "no-time";

export class RotationError extends Error {
  override readonly name: string;

  constructor(
    readonly fault: RotationFault,
    message: string,
  ) {
    super(message);
    // The name is what the log may show of an error.
    this.name = `RotationError:${fault}`;
  }
}
