import { z } from "zod";
import * as defaults from "./defaults";
import { days, httpsUrl, roleArn, text } from "./fields";

/** When Secrets Manager rotates a secret; src/secrets/schedule.ts judges it when the stack is built. */
const schedule = z.strictObject({
  /** Such as `cron(0 3 1 * ? *)`, in UTC. */
  expression: text(/^cron\(\S+( \S+){5}\)$/, "cron(...) with six fields"),
  duration: text(/^([1-9]|1\d|2[0-4])h$/, "1h to 24h"),
});

/** What every secret that rotates by itself may set. */
const rotates = {
  /** @default - once a month, at a day and hour that follow from the secret's name */
  schedule: schedule.optional(),
  /** An older value sets off an alarm, and a rotation. */
  maxAgeDays: days.default(defaults.secrets.maxAgeDays),
};

/** A value that only people can change. */
const manual = z.strictObject({
  kind: z.literal("manual"),
  maxAgeDays: days.default(defaults.secrets.manualMaxAgeDays),
});

const hookId = z.int().min(1);
const githubHooks = [
  z.strictObject({ kind: z.literal("github-app-hook"), ...rotates }),
  z.strictObject({
    kind: z.literal("github-repo-hook"),
    repository: text(/^[\w.-]+\/[\w.-]+$/, "owner/name"),
    hookId,
    ...rotates,
  }),
  z.strictObject({
    kind: z.literal("github-org-hook"),
    organization: text(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, "the login of an organization"),
    hookId,
    ...rotates,
  }),
] as const;

const spaceliftHook = z.strictObject({
  kind: z.literal("spacelift-named-webhook"),
  /** Of Spacelift's GraphQL, such as `https://acme.app.spacelift.io/graphql`. */
  endpoint: httpsUrl,
  webhookId: z.string().min(1),
  /** The key itself is in the secret `spacelift-api-key`. */
  apiKeyId: z.string().min(1),
  ...rotates,
});

const others = [
  z.strictObject({
    kind: z.literal("apigw-key"),
    usagePlanId: text(/^[a-z0-9]{1,20}$/, "the id that API Gateway gave the usage plan"),
    /** A route that answers 2xx to a key that works. */
    canaryUrl: httpsUrl,
    ...rotates,
  }),
  z.strictObject({
    kind: z.literal("generic-random"),
    length: z.int().min(16).max(256).default(defaults.secrets.random.length),
    alphabet: text(/^[A-Za-z0-9!#*+,./:;=?@^_~-]{10,}$/, "ten or more letters, digits and !#*+,./:;=?@^_~-")
      .refine((characters) => new Set(characters).size === characters.length, "characters that differ from each other")
      .default(defaults.secrets.random.alphabet),
    ...rotates,
  }),
  z.strictObject({
    kind: z.literal("entra-client-secret"),
    tenantId: z.guid("a GUID"),
    applicationObjectId: z.guid("a GUID"),
    clientId: z.guid("a GUID"),
    /** The application that may change the one above; its own secret is `entra-admin`. */
    adminClientId: z.guid("a GUID"),
    ...rotates,
  }),
] as const;

/** The functions or people that need the value of a further secret. */
const readers = { readerRoleArns: z.array(roleArn).default([]) };
const [apiKey, random, entra] = others;

const seconds = z.int().min(0);

export const secrets = z
  .strictObject({
    /** Signs GitHub's deliveries. */
    githubWebhook: z.discriminatedUnion("kind", [...githubHooks, manual]).prefault({ kind: "github-app-hook" }),
    /** Signs Spacelift's deliveries; its API sets the key of a named webhook only. */
    spaceliftWebhook: z.discriminatedUnion("kind", [spaceliftHook, manual]).prefault({ kind: "manual" }),
    /** Further secrets by their noun. */
    more: z
      .record(
        text(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "a noun in kebab-case").max(40),
        z.discriminatedUnion("kind", [
          apiKey.extend(readers),
          random.extend(readers),
          entra.extend(readers),
          manual.extend(readers),
        ]),
      )
      .default({}),
    timing: z
      .strictObject({
        settleSeconds: seconds.default(defaults.secrets.timing.settleSeconds),
        missCooldownSeconds: seconds.default(defaults.secrets.timing.missCooldownSeconds),
        keyRefreshSeconds: z.int().min(1).default(defaults.secrets.timing.keyRefreshSeconds),
        minIntervalSeconds: seconds.default(defaults.secrets.timing.minIntervalSeconds),
        previousGraceSeconds: seconds.default(defaults.secrets.timing.previousGraceSeconds),
        redeliveryLookbackSeconds: seconds.default(defaults.secrets.timing.redeliveryLookbackSeconds),
        longestRotationSeconds: seconds.default(defaults.secrets.timing.longestRotationSeconds),
      })
      .prefault({}),
  })
  .prefault({});

/** How the value of a secret that others made is rotated. A webhook's is not among these: its receiver is theirs, and
 * must know that two keys hold at once.
 */
export const existingStrategy = z.discriminatedUnion("kind", [...others]);

export type Secrets = z.output<typeof secrets>;
