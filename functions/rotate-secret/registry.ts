import * as z from "zod/mini";
import { parseJson } from "../shared/json";
import { EventRefused } from "./event";

const arn = z.string().check(z.startsWith("arn:"));
const id = z.string().check(z.minLength(1));
const https = z.url({ protocol: /^https$/ });
const owner = /^[A-Za-z0-9-]+$/;
const repository = /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/;

const common = {
  secretArn: arn,
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/)),
  maxAgeDays: z.int().check(z.positive()),
};
/** Where the other side is changed with a credential of its own: the secret that holds it, which is put by hand. */
const withCredential = { ...common, credentialSecretArn: arn };

const hookId = z.int().check(z.positive());

const Entry = z.discriminatedUnion("kind", [
  z.object({
    ...withCredential,
    kind: z.literal("github-repo-hook"),
    target: z.strictObject({ repository: z.string().check(z.regex(repository)), hookId }),
  }),
  z.object({
    ...withCredential,
    kind: z.literal("github-org-hook"),
    target: z.strictObject({ organization: z.string().check(z.regex(owner)), hookId }),
  }),
  z.object({ ...withCredential, kind: z.literal("github-app-hook"), target: z.strictObject({}) }),
  z.object({
    ...withCredential,
    kind: z.literal("spacelift-named-webhook"),
    target: z.strictObject({ endpoint: https, webhookId: id, apiKeyId: id }),
  }),
  z.object({
    ...common,
    kind: z.literal("apigw-key"),
    target: z.strictObject({ usagePlanId: id, canaryUrl: https }),
  }),
  z.object({
    ...common,
    kind: z.literal("generic-random"),
    target: z.strictObject({
      length: z.int().check(z.positive()),
      // Two alike would come up twice as often; more than one byte can tell apart would not come up at all.
      alphabet: z.string().check(
        z.minLength(2),
        z.maxLength(256),
        z.refine((text) => new Set(text).size === text.length),
      ),
    }),
  }),
  z.object({
    ...withCredential,
    kind: z.literal("entra-client-secret"),
    target: z.strictObject({ tenantId: id, applicationObjectId: id, clientId: id, adminClientId: id }),
  }),
]);

/** A secret that rotates: its noun (`github-webhook`), its kind, and where its key is used. */
export type RegistryEntry = z.infer<typeof Entry>;

const Named = z.object({ name: common.name });

/** Entries in the variable REGISTRY, a JSON array.
 *
 * Throws one error with every problem, by the secret's noun and the field; values stay out of it.
 */
export function readRegistry(text: string): readonly RegistryEntry[] {
  const { data: rows } = z.array(z.unknown()).check(z.minLength(1)).safeParse(parseJson(text));
  if (!rows) throw new Error("REGISTRY is not a JSON array with an entry.");
  const entries: RegistryEntry[] = [];
  const problems: string[] = [];
  for (const [index, row] of rows.entries()) {
    const label = Named.safeParse(row).data?.name ?? `entry ${index + 1}`;
    const { data: entry, error } = Entry.safeParse(row);
    const fields = new Set(error?.issues.map(({ path }) => path.join(".") || "form"));
    for (const field of fields) problems.push(`${label}: ${field}`);
    if (!entry) continue;
    if (entries.some(({ name, secretArn }) => name === entry.name || secretArn === entry.secretArn)) {
      problems.push(`${label}: listed twice`);
    }
    entries.push(entry);
  }
  if (problems.length > 0) throw new Error(`REGISTRY is not usable: ${problems.join("; ")}.`);
  return entries;
}

/** The entry of this secret; throws an `EventRefused` for a secret that is not this function's. */
export function registryEntry(entries: readonly RegistryEntry[], secretArn: string): RegistryEntry {
  const entry = entries.find((candidate) => candidate.secretArn === secretArn);
  if (entry === undefined) throw new EventRefused("foreign-secret");
  return entry;
}
