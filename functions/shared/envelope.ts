import { parseJson } from "./json";

/** What a secret's string holds: which kind of key, for whom, and the key itself. */
export interface Envelope {
  readonly v: 1;
  readonly kind: string;
  readonly target: Readonly<Record<string, unknown>>;
  readonly value: string;
}

/** The key in a secret's string.
 *
 * A string that is not an envelope is the key itself, untrimmed: a secret taken over from elsewhere works before its
 * first rotation.
 */
export function secretValue(secretString: string): string {
  return parseEnvelope(secretString)?.value ?? secretString;
}

/** The string of a secret with this envelope. */
export function envelopeText(envelope: Omit<Envelope, "v">): string {
  return JSON.stringify({ v: 1, ...envelope });
}

/** The envelope in a secret's string, or `undefined` where the string is something else. */
export function parseEnvelope(secretString: string): Envelope | undefined {
  const parsed = parseJson(secretString);
  if (!isObject(parsed) || parsed.v !== 1) return undefined;
  const { kind, target, value } = parsed;
  if (typeof kind !== "string" || !isObject(target) || typeof value !== "string") return undefined;
  return { v: 1, kind, target, value };
}

function isObject(candidate: unknown): candidate is Record<string, unknown> {
  return typeof candidate === "object" && candidate !== null && !Array.isArray(candidate);
}
