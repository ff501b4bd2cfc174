import { z } from "zod";
import { ipRange, isNetwork } from "../../functions/shared/ip-address";
import * as defaults from "./defaults";

/** `allowed` is what an error says may stand there. */
export const text = (pattern: RegExp, allowed: string) =>
  z.string({ error: ({ input }) => (input === undefined ? allowed : `${allowed}, as a text`) }).regex(pattern, allowed);

export const accountId = text(/^\d{12}$/, "12 digits");
export const region = text(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region such as us-east-1");
export const roleArn = text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "the ARN of an IAM role");
export const email = z.email("an e-mail address");
export const days = z.int().min(1).max(36_500);
/** Of a calendar, in UTC. */
export const day = z.iso.date("a day such as 2027-06-30");
export const logRetentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);
/** AWS WAF takes any range but the whole internet. */
export const cidr = z
  .union([z.cidrv4(), z.cidrv6()], "a range such as 192.0.2.0/24 or 2001:db8::/32")
  .refine((range) => !range.endsWith("/0"), "a range smaller than the internet");
/** A prefix list takes any network; one shorter than /8 is a typing error. */
export const ipv4Network = z.string().refine((text) => {
  const range = ipRange(text);
  return range?.bits === 32 && range.prefixLength >= 8 && isNetwork(range);
}, "an IPv4 network of /8 or smaller, such as 140.82.112.0/20");
export const hostName = text(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "a host name");
export const groupVersion = text(/^Version_\d+\.\d+$/, "a version such as Version_1.19");
const loopback = ["localhost", "127.0.0.1", "[::1]"];

export const webUrl = z.string().refine(
  (text) => {
    const url = URL.parse(text);
    return url?.protocol === "https:" || (url?.protocol === "http:" && loopback.includes(url.hostname));
  },
  { error: "an https address, or http on a loopback host" },
);
export const httpsUrl = z.url({ protocol: /^https$/, error: "an https address" });

export const rateLimit = (fallback: { burst: number; ratePerSecond: number }) =>
  z
    .strictObject({
      burst: z.int().min(1).max(5000).default(fallback.burst),
      ratePerSecond: z.int().min(1).max(10_000).default(fallback.ratePerSecond),
    })
    .prefault({});

export const functionSettings = (fallback: {
  timeoutSeconds: number;
  memoryMb: number;
  p95Seconds: number;
  reservedConcurrency: number;
}) =>
  z
    .strictObject({
      timeoutSeconds: z.int().min(1).max(900).default(fallback.timeoutSeconds),
      memoryMb: z.int().min(128).max(10_240).default(fallback.memoryMb),
      reservedConcurrency: z.int().min(1).default(fallback.reservedConcurrency),
      /** Warm environments on the alias `live`; none by default. */
      provisionedConcurrency: z.int().min(0).default(0),
      p95Seconds: z.number().positive().default(fallback.p95Seconds),
      meanSeconds: z
        .number()
        .positive()
        .default(fallback.p95Seconds * defaults.durationShape.meanOfP95),
      p99Seconds: z
        .number()
        .positive()
        .default(fallback.p95Seconds * defaults.durationShape.p99OfP95),
    })
    .prefault({});

export const backend = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("local") }),
  z.strictObject({
    kind: z.literal("s3"),
    bucket: z.string().min(3).max(63),
    region,
    kmsKeyId: z.string().min(1).optional(),
    roleArn: roleArn.optional(),
  }),
  z.strictObject({
    kind: z.literal("cloud"),
    organization: z.string().min(1),
    project: z.string().min(1).optional(),
    hostname: z.string().min(1).optional(),
  }),
  z.strictObject({
    kind: z.literal("remote"),
    organization: z.string().min(1),
    hostname: z.string().min(1).optional(),
  }),
]);

export const identity = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("entra"), tenantId: z.guid("a GUID"), audience: z.guid("a GUID") }),
  z.strictObject({ kind: z.literal("oidc"), issuer: webUrl, jwksUrl: webUrl, audience: z.string().min(1) }),
]);

export const billing = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("on-demand"),
    maxReadUnits: z.int().min(1).default(defaults.tables.maxReadUnits),
    maxWriteUnits: z.int().min(1).default(defaults.tables.maxWriteUnits),
  }),
  z.strictObject({
    mode: z.literal("provisioned"),
    minReadUnits: z.int().min(1).default(defaults.tables.provisioned.minReadUnits),
    maxReadUnits: z.int().min(1).default(defaults.tables.provisioned.maxReadUnits),
    minWriteUnits: z.int().min(1).default(defaults.tables.provisioned.minWriteUnits),
    maxWriteUnits: z.int().min(1).default(defaults.tables.provisioned.maxWriteUnits),
    targetPercent: z.int().min(20).max(90).default(defaults.tables.provisioned.targetPercent),
  }),
]);

export const backupRule = (fallback: { schedule: string; deleteAfterDays: number; coldStorageAfterDays?: number }) =>
  z
    .strictObject({
      schedule: text(/^cron\(\S+( \S+){5}\)$/, "cron(...) with six fields").default(fallback.schedule),
      deleteAfterDays: days.default(fallback.deleteAfterDays),
      /** Days until a point moves to cold storage; `null` keeps it warm. */
      coldStorageAfterDays: days.nullable().default(fallback.coldStorageAfterDays ?? null),
      copyToDr: z.boolean().default(fallback.coldStorageAfterDays !== undefined),
    })
    .prefault({});

export const complianceLockAcknowledgement = "backups cannot be deleted before their retention ends";
export const irrevocableEvidence = "objects cannot be deleted for 2557 days";

export const vaultLock = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("governance") }),
  z.strictObject({
    mode: z.literal("compliance"),
    changeableForDays: z.int().min(3).max(36_500),
    acknowledgement: z.literal(complianceLockAcknowledgement),
  }),
]);
