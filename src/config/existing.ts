import { z } from "zod";
import * as defaults from "./defaults";
import { days, logRetentionDays, roleArn, text } from "./fields";
import { builtFor, type ExistingKind, modes } from "./ownership";
import { existingStrategy } from "./secrets";

const units = z.int().min(1);
const kmsKeyArn = text(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "the ARN of a KMS key");
const destinationArn = text(
  /^arn:aws:(sqs|sns|lambda|events):[a-z0-9-]+:\d{12}:\S+$/,
  "the ARN of a queue, topic, function or bus",
);
const deadLetterArn = text(/^arn:aws:(sqs|sns):[a-z0-9-]+:\d{12}:\S+$/, "the ARN of a queue or topic");
/** Says that what the resource overwrites is known and not missed. */
const replaces = z.literal(true).optional();
const mode = z.enum(modes);

/** Names the hardenings that can be had, where a word is none that is known. */
const offered = (kind: ExistingKind) => ({
  error: ({ code }: { readonly code?: string | undefined }) =>
    code === "invalid_union"
      ? `one of ${builtFor(kind)
          .map((word) => JSON.stringify(word))
          .join(", ")}`
      : undefined,
});

// In each union the last words are known, but built in no mode: they are refused with the list of those that are.

const restApi = z.strictObject({
  kind: z.literal("rest-api"),
  id: text(/^[a-z0-9]{10}$/, "the ten letters and digits that API Gateway gave it"),
  /** As metrics carry it in `ApiName`. */
  name: z.string().min(1),
  stage: text(/^\w{1,128}$/, "the name of a stage"),
  mode,
  harden: z.array(
    z.discriminatedUnion(
      "with",
      [
        z.strictObject({
          with: z.literal("throttling"),
          burst: z.int().min(1).max(5000).default(defaults.throttles.default.burst),
          ratePerSecond: z.int().min(1).max(10_000).default(defaults.throttles.default.ratePerSecond),
          replaces,
        }),
        z.strictObject({ with: z.enum(["web-acl", "resource-policy"]), replaces }),
        z.strictObject({
          with: z.enum([
            "usage-plan",
            "gateway-responses",
            "authorizer",
            "body-validation",
            "access-logs",
            "tls-policy",
          ]),
        }),
      ],
      offered("rest-api"),
    ),
  ),
});

const functionFields = {
  kind: z.literal("function"),
  name: text(/^[\w-]{1,64}$/, "the name of a function"),
  /** What it is: alarms judge durations by it. */
  timeoutSeconds: z.int().min(1).max(900),
  /** Absent where the function draws from the account's pool. */
  reservedConcurrency: z.int().min(1).optional(),
  harden: z.array(
    z.discriminatedUnion(
      "with",
      [
        z.strictObject({
          with: z.literal("async-failures"),
          destinationArn,
          /** @default - Lambda's own two */
          retries: z.int().min(0).max(2).optional(),
          /** @default - Lambda's own six hours */
          maximumEventAgeSeconds: z.int().min(60).max(21_600).optional(),
          replaces,
        }),
        z.strictObject({
          with: z.literal("provisioned-concurrency"),
          /** A version or an alias. */
          qualifier: text(/^(?!\$LATEST$)[\w-]{1,128}$/, "a version or an alias"),
          executions: units,
        }),
        z.strictObject({ with: z.literal("environment-key"), kmsKeyArn }),
        z.strictObject({ with: z.literal("dead-letter-target"), targetArn: deadLetterArn }),
        z.strictObject({
          with: z.enum(["reserved-concurrency", "timeout", "tracing", "vpc", "recursion-guard"]),
        }),
        z.strictObject({ with: z.enum(["runtime-pin", "invoke-permission", "source-retries"]) }),
      ],
      offered("function"),
    ),
  ),
};

const existingFunction = z.discriminatedUnion("mode", [
  z.strictObject({ ...functionFields, mode: z.enum(["attach", "verify"]) }),
  // Terraform wants a role to be written where it imports a function.
  z.strictObject({ ...functionFields, mode: z.literal("adopt"), roleArn }),
]);

const table = z.strictObject({
  kind: z.literal("table"),
  name: text(/^[\w.-]{3,255}$/, "the name of a table"),
  mode,
  harden: z.array(
    z.discriminatedUnion(
      "with",
      [
        z.strictObject({
          with: z.literal("point-in-time-recovery"),
          days: z.int().min(1).max(35).default(defaults.recovery.pointInTimeDays),
        }),
        z.strictObject({ with: z.literal("encryption"), kmsKeyArn }),
        z.strictObject({ with: z.literal("time-to-live"), attributeName: z.string().min(1) }),
        z.strictObject({
          with: z.literal("stream"),
          viewType: z.enum(["NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY"]).default("NEW_AND_OLD_IMAGES"),
        }),
        z.strictObject({
          with: z.literal("autoscaling"),
          minReadUnits: units.default(defaults.tables.provisioned.minReadUnits),
          maxReadUnits: units.default(defaults.tables.provisioned.maxReadUnits),
          minWriteUnits: units.default(defaults.tables.provisioned.minWriteUnits),
          maxWriteUnits: units.default(defaults.tables.provisioned.maxWriteUnits),
          targetPercent: z.int().min(20).max(90).default(defaults.tables.provisioned.targetPercent),
          scaleOutCooldownSeconds: z.int().min(0).default(defaults.tables.scaleOutCooldownSeconds),
          scaleInCooldownSeconds: z.int().min(0).default(defaults.tables.scaleInCooldownSeconds),
        }),
        /** A key of the DR region; absent where the table is encrypted with DynamoDB's own key. */
        z.strictObject({ with: z.literal("replica"), kmsKeyArn: kmsKeyArn.optional() }),
        z.strictObject({ with: z.enum(["deletion-protection", "contributor-insights", "backup"]) }),
        z.strictObject({ with: z.enum(["billing-mode", "resource-policy", "tag"]) }),
      ],
      offered("table"),
    ),
  ),
});

const bucket = z.strictObject({
  kind: z.literal("bucket"),
  name: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
  mode,
  harden: z.array(
    z.discriminatedUnion(
      "with",
      [
        z.strictObject({ with: z.literal("encryption"), kmsKeyArn }),
        z.strictObject({
          with: z.literal("lifecycle"),
          noncurrentVersionDays: days.default(defaults.retention.noncurrentVersionDays),
          abortUploadDays: days.default(defaults.retention.abortUploadDays),
          replaces,
        }),
        z.strictObject({ with: z.literal("policy"), replaces }),
        z.strictObject({ with: z.enum(["versioning", "public-access-block", "ownership"]) }),
        z.strictObject({ with: z.enum(["replication", "access-logs", "object-lock", "notifications", "backup"]) }),
      ],
      offered("bucket"),
    ),
  ),
});

const secret = z.strictObject({
  kind: z.literal("secret"),
  arn: text(/^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/, "the whole ARN of a secret"),
  mode,
  harden: z.array(
    z.discriminatedUnion(
      "with",
      [
        z.strictObject({
          with: z.literal("rotation"),
          /** Verified: at least this often. */
          everyDays: days.default(defaults.secrets.rotationDays),
          /** Attached: how. Who reads the secret stays its owner's business. */
          strategy: existingStrategy.optional(),
          /** Attached: the key of the secret; absent where it is Secrets Manager's own. */
          kmsKeyArn: kmsKeyArn.optional(),
          replaces,
        }),
        z.strictObject({ with: z.literal("policy"), replaces }),
        z.strictObject({ with: z.enum(["encryption", "replica", "recovery-window"]) }),
      ],
      offered("secret"),
    ),
  ),
});

const logGroup = z.strictObject({
  kind: z.literal("log-group"),
  name: text(/^[\w./#-]{1,512}$/, "the name of a log group"),
  mode,
  harden: z.array(
    z.discriminatedUnion(
      "with",
      [
        z.strictObject({ with: z.literal("retention"), days: logRetentionDays }),
        z.strictObject({ with: z.literal("encryption"), kmsKeyArn }),
        z.strictObject({ with: z.enum(["metric-filter", "subscription", "data-protection", "anomaly-detector"]) }),
      ],
      offered("log-group"),
    ),
  ),
});

/** One entry of `existing`, on its own; what is possible in which mode is judged in `existing-rules.ts`. */
export const existingThing = z.discriminatedUnion("kind", [restApi, existingFunction, table, bucket, secret, logGroup]);

/** A thing in the environment's account and home region that others made: what it is, and what must hold of it. */
export type ExistingThing = z.output<typeof existingThing>;
export type Existing<K extends ExistingThing["kind"]> = Extract<ExistingThing, { kind: K }>;

/** What tells a thing from others of its kind. */
export function identityOf(thing: ExistingThing): string {
  if (thing.kind === "rest-api") return `${thing.id}/${thing.stage}`;
  return thing.kind === "secret" ? thing.arn.split(":").slice(6).join(":") : thing.name;
}
