import type { Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import type { SecretMetadata } from "../shared/secret-metadata";
import type { ApiKeyState } from "./decide";
import type { SweptSecret } from "./registry";

/** Keys of API Gateway. Disabling or removing one that is gone is no error. */
export interface ApiKeys {
  /** Keys whose name begins with this. */
  list(namePrefix: string): Promise<readonly ApiKeyState[]>;
  disable(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Calls with the key on the days (UTC) after that of `since`, until today. */
  callsAfter(usagePlanId: string, id: string, since: Date, now: Date): Promise<number>;
}

/** Client secrets of one application in Entra ID. */
export interface Passwords {
  passwords(): Promise<readonly { readonly keyId: string; readonly displayName?: string }[]>;
  removePassword(keyId: string): Promise<void>;
}

export type KeySecret = Extract<SweptSecret, { readonly kind: "apigw-key" }>;
export type PasswordSecret = Extract<SweptSecret, { readonly kind: "entra-client-secret" }>;

export interface SweepPorts {
  readonly metadata: (secretArn: string) => Promise<SecretMetadata>;
  readonly apiKeys: ApiKeys;
  readonly application: (secret: PasswordSecret) => Promise<Passwords>;
  /** Waits until labels that were there before can be read for sure. */
  readonly pause: () => Promise<void>;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** When a sweep looks, and how long a former key stays valid. */
export interface SweepTime {
  readonly now: Date;
  readonly graceSeconds: number;
}

/** Takes away what no version needs; found before the labels were read. Gives the number that is still in use. */
export type Sweeping = (metadata: SecretMetadata) => Promise<number>;
