import { createHash } from "node:crypto";

/** What every name and ARN is made of. */
export interface Identity {
  readonly organization: string;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly drRegion: string;
}

interface NameKind {
  /** Most characters the service takes. */
  readonly limit: number;
  readonly prefix?: string;
  /** Joins the parts; Glue and restore tests refuse hyphens. */
  readonly separator?: "_";
  /** Names shared by all accounts carry the account id. */
  readonly global?: true;
  /** Absent where AWS puts an id of its own into the ARN. */
  readonly arn?: (name: string, region: string, accountId: string) => string;
}

const regional = (service: string, path: string) => (name: string, region: string, accountId: string) =>
  `arn:aws:${service}:${region}:${accountId}:${path}${name}`;

/** Limits from the API reference of each service. */
const kinds = {
  "iam-role": { limit: 64, arn: (name, _region, accountId) => `arn:aws:iam::${accountId}:role/${name}` },
  "lambda-function": { limit: 64, arn: regional("lambda", "function:") },
  "dynamodb-table": { limit: 255, arn: regional("dynamodb", "table/") },
  "s3-bucket": { limit: 63, global: true, arn: (name) => `arn:aws:s3:::${name}` },
  "sqs-queue": { limit: 80, arn: regional("sqs", "") },
  "sns-topic": { limit: 256, arn: regional("sns", "") },
  "kms-alias": { limit: 256, prefix: "alias/", arn: regional("kms", "") },
  secret: {
    limit: 512,
    arn: (name, region, accountId) => `${regional("secretsmanager", "secret:")(name, region, accountId)}-??????`,
  },
  // Its name follows the function's, so it is cut where that is.
  "function-log-group": {
    limit: 64 + "/aws/lambda/".length,
    prefix: "/aws/lambda/",
    arn: regional("logs", "log-group:"),
  },
  "log-group": { limit: 512, prefix: "/platform/", arn: regional("logs", "log-group:") },
  "waf-log-group": { limit: 512, prefix: "aws-waf-logs-", arn: regional("logs", "log-group:") },
  "rest-api": { limit: 255 },
  "web-acl": { limit: 128 },
  "ip-set": { limit: 128 },
  "backup-vault": { limit: 50, arn: regional("backup", "backup-vault:") },
  "backup-plan": { limit: 50 },
  alarm: { limit: 255, arn: regional("cloudwatch", "alarm:") },
  dashboard: { limit: 255, arn: (name, _region, accountId) => `arn:aws:cloudwatch::${accountId}:dashboard/${name}` },
  "event-rule": { limit: 64, arn: regional("events", "rule/") },
  budget: { limit: 100, arn: (name, _region, accountId) => `arn:aws:budgets::${accountId}:budget/${name}` },
  "cost-anomaly": { limit: 1024 },
  trail: { limit: 128, arn: regional("cloudtrail", "trail/") },
  "delivery-stream": { limit: 64, arn: regional("firehose", "deliverystream/") },
  "athena-workgroup": { limit: 128, arn: regional("athena", "workgroup/") },
  "glue-database": { limit: 255, separator: "_", arn: regional("glue", "database/") },
  "security-group": { limit: 255 },
  "prefix-list": { limit: 255 },
  "cloudfront-policy": { limit: 64 },
  "access-analyzer": { limit: 255 },
  // Of AWS's 64, the provider adds 26 characters of its own, after an underscore.
  "signing-profile": { limit: 64 - 26 - 1, separator: "_" },
} as const satisfies Record<string, NameKind>;

export type NameKindId = keyof typeof kinds;
export type ArnKindId = { [K in NameKindId]: (typeof kinds)[K] extends { arn: unknown } ? K : never }[NameKindId];
export const nameKinds: Readonly<Record<NameKindId, NameKind>> = kinds;

/** The only place where physical names and ARNs are made; the same input gives the same name in every stack. */
export interface Names {
  readonly identity: Identity;
  /** `{org}-{env}-{noun}`, with the service's prefix, cut with a hash suffix at the service's limit. */
  name(kind: NameKindId, noun: string): string;
  /** The ARN of that name in the home region unless another is given. Secrets end in AWS's six random characters as `??????`. */
  arn(kind: ArnKindId, noun: string, region?: string): string;
}

const hashLength = 8;

/** Keeps a name within its limit; the hash keeps two long names apart that share their beginning. */
export function shorten(name: string, limit: number, separator: string): string {
  if (name.length <= limit) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, hashLength);
  return `${name.slice(0, limit - hashLength - 1)}${separator}${hash}`;
}

export function createNames(identity: Identity): Names {
  const name = (id: NameKindId, noun: string): string => {
    const kind = nameKinds[id];
    const separator = kind.separator ?? "-";
    const prefix = kind.prefix ?? "";
    const parts = [identity.organization, identity.environment, noun, ...(kind.global ? [identity.accountId] : [])];
    const joined = parts.join("-").replaceAll("-", separator);
    return prefix + shorten(joined, kind.limit - prefix.length, separator);
  };
  return {
    identity,
    name,
    arn: (id, noun, region = identity.region) => kinds[id].arn(name(id, noun), region, identity.accountId),
  };
}
