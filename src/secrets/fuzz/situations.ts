/** Which versions a webhook secret has, and what is out of order, for a number of deliveries. */
export interface Situation {
  readonly name: string;
  readonly versions: Readonly<Partial<Record<KeyName, HeldVersion>>>;
  /** From the beginning until versions that count within grace no longer do; below zero where they do not. */
  readonly graceLeftSeconds: number;
  /** How long ago AWSCURRENT was written, where the secret has changed since. */
  readonly stuckSeconds?: number;
  /** Share of the calls to Secrets Manager, or to the delivery log and the queue, that fail. */
  readonly failing?: { readonly what: "secret" | "storage"; readonly share: number; readonly afterSeconds: number };
}

/** A placeholder has no value at all, the value of a blank version is empty. */
export type KeyName = "current" | "previous" | "former" | "pending" | "unlabelled" | "blank" | "placeholder";

export interface HeldVersion {
  readonly labels: readonly string[];
  /** Whether a delivery that is signed with it is authentic. */
  readonly counts: "always" | "within-grace" | "never";
  /** When it is written and in use. @default from the beginning */
  readonly fromSeconds?: number;
}

const blank = { labels: ["AWSPENDING"], counts: "never" } as const;
const placeholder = { labels: ["AWSPENDING"], counts: "never" } as const;
const unlabelled = { labels: [], counts: "never" } as const;
const steady = {
  current: { labels: ["AWSCURRENT", "LIVE"], counts: "always" },
  previous: { labels: ["AWSPREVIOUS"], counts: "within-grace" },
  former: { labels: ["FORMER"], counts: "within-grace" },
  earlier: { labels: ["EARLIER"], counts: "within-grace" },
  unlabelled,
} as const;
const rotating = { ...steady, pending: { labels: ["AWSPENDING", "APPLYING"], counts: "always" } } as const;
/** The sender has the new key; its old one may be in use until the rotation is over. */
const switched = {
  ...steady,
  current: { labels: ["AWSCURRENT", "FORMER"], counts: "always" },
  pending: { labels: ["AWSPENDING", "LIVE"], counts: "always" },
} as const;
const hour = 3600;

/** What a receiver may meet. Which versions count is written out, not computed: the receiver is judged by it. */
export const situations: readonly Situation[] = [
  { name: "steady", versions: steady, graceLeftSeconds: 29 * hour },
  { name: "grace over", versions: steady, graceLeftSeconds: -1 },
  { name: "grace ends", versions: steady, graceLeftSeconds: 250 },
  { name: "rotating", versions: rotating, graceLeftSeconds: -1 },
  { name: "switched", versions: switched, graceLeftSeconds: -1 },
  { name: "switched after a standstill", versions: switched, graceLeftSeconds: 20 * hour, stuckSeconds: 50 * hour },
  { name: "version without a value", versions: { ...steady, placeholder }, graceLeftSeconds: hour },
  { name: "version with an empty value", versions: { ...steady, blank }, graceLeftSeconds: hour },
  { name: "empty value only", versions: { blank: { ...blank, labels: ["AWSCURRENT"] } }, graceLeftSeconds: hour },
  { name: "no version", versions: { unlabelled }, graceLeftSeconds: hour },
  {
    ...{ name: "no AWSCURRENT", graceLeftSeconds: -1 },
    versions: { previous: { labels: ["AWSPREVIOUS"], counts: "always" } },
  },
  {
    ...{ name: "Secrets Manager down", versions: steady, graceLeftSeconds: hour },
    failing: { what: "secret", share: 1, afterSeconds: 0 },
  },
  {
    ...{ name: "Secrets Manager going down", versions: rotating, graceLeftSeconds: 250 },
    failing: { what: "secret", share: 1, afterSeconds: 60 },
  },
  {
    ...{ name: "new key while Secrets Manager is down", graceLeftSeconds: hour },
    versions: { ...rotating, pending: { ...rotating.pending, fromSeconds: 120 } },
    failing: { what: "secret", share: 1, afterSeconds: 60 },
  },
  {
    ...{ name: "Secrets Manager throttling", versions: rotating, graceLeftSeconds: hour },
    failing: { what: "secret", share: 0.3, afterSeconds: 0 },
  },
  {
    ...{ name: "delivery log and queue failing", versions: steady, graceLeftSeconds: hour },
    failing: { what: "storage", share: 0.05, afterSeconds: 0 },
  },
];
