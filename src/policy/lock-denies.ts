import type { Resource } from "../terraform/estate";
import type { Value } from "../terraform/resolve";
import type { Condition, Statement } from "../terraform/statement";
import { nameMatcher } from "./actions";
import { isForEverybody, textsOf } from "./policies";
import { untoldPart } from "./shapes";

/** What the policy of a locked bucket refuses to everybody; the refusal of plain HTTP is S3-07's to find. */
interface Refusal {
  readonly actions: readonly string[];
  readonly on: "objects" | "bucket";
  /** Whether the conditions of a Deny leave no more out than they may. */
  readonly holds: (conditions: readonly Condition[], lockDays: number) => boolean;
  readonly fix: string;
}

const encryptionHeader = "s3:x-amz-server-side-encryption";
const keyHeader = `${encryptionHeader}-aws-kms-key-id`;
const callersKeyHeader = `${encryptionHeader}-customer-algorithm`;
const remaining = "s3:object-lock-remaining-retention-days";

const isKey = ({ key }: Condition, wanted: string): boolean => key.toLowerCase() === wanted;

/** Whether the request names another key than one; two could be the bucket's and a stranger's. */
const isOtherKey = (condition: Condition): boolean =>
  /^StringNotEquals/.test(condition.operator) && isKey(condition, keyHeader) && condition.values.length === 1;

/** Whether a request has a header. */
const isSent = (condition: Condition, header: string): boolean =>
  condition.operator === "Null" &&
  isKey(condition, header) &&
  condition.values.every((value) => value.kind === "literal" && String(value.value) === "false");

/** Whether the only exceptions are roles, each named as a whole, and no more than so many. */
const exceptRoles =
  (most: number) =>
  (conditions: readonly Condition[]): boolean =>
    conditions.every(
      (condition) =>
        /^(Arn|String)Not(Equals|Like)$/.test(condition.operator) &&
        isKey(condition, "aws:principalarn") &&
        condition.values.length <= most &&
        condition.values.every(({ kind, ...rest }) => kind !== "literal" || !/[*?]/.test(JSON.stringify(rest))),
    );

const refusals: readonly Refusal[] = [
  {
    actions: ["s3:PutObject"],
    on: "objects",
    holds: (conditions) =>
      conditions.some(isOtherKey) && conditions.every((each) => isOtherKey(each) || isSent(each, encryptionHeader)),
    fix: `Deny it where ${keyHeader} is not the bucket's key.`,
  },
  {
    actions: ["s3:PutObject"],
    on: "objects",
    holds: (conditions) => conditions.length === 1 && conditions.every((each) => isSent(each, callersKeyHeader)),
    fix: `Deny it where the caller brings a key: Null on ${callersKeyHeader} is "false".`,
  },
  {
    actions: ["s3:PutObject", "s3:PutObjectRetention"],
    on: "objects",
    holds: (conditions, lockDays) =>
      conditions.length === 1 &&
      conditions.every(
        ({ operator, key, values }) =>
          operator === "NumericLessThan" && key.toLowerCase() === remaining && isAtLeast(values, lockDays),
      ),
    fix: `Deny it where ${remaining} is less than the days of the lock.`,
  },
  {
    actions: ["s3:BypassGovernanceRetention", "s3:DeleteObjectVersion"],
    on: "objects",
    holds: exceptRoles(1),
    fix: "Deny it to all but the break-glass role.",
  },
  {
    actions: ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"],
    on: "bucket",
    holds: exceptRoles(1),
    fix: "Deny it to all but the break-glass role.",
  },
  {
    actions: ["s3:PutLifecycleConfiguration", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
    on: "bucket",
    holds: exceptRoles(2),
    fix: "Deny it to all but the break-glass role and the role that deploys.",
  },
];

/** What a bucket's policy should refuse and does not, each with what to write instead. */
export function missingRefusals(
  bucket: Resource,
  statements: readonly Statement[],
  lockDays: number,
): { readonly actions: readonly string[]; readonly fix: string }[] {
  return refusals.flatMap(({ actions, on, holds, fix }) => {
    const missing = actions.filter(
      (action) =>
        !statements.some(
          (deny) =>
            refuses(deny, action) &&
            deny.resources.some((resource) => isOf(resource, bucket, on)) &&
            holds(deny.conditions, lockDays),
        ),
    );
    return missing.length === 0 ? [] : [{ actions: missing, fix }];
  });
}

/** Whether a statement refuses an action to everybody, `s3:*` included, conditions aside. */
export const refuses = (statement: Statement, action: string): boolean =>
  statement.effect === "Deny" &&
  isForEverybody(statement) &&
  textsOf(statement.actions).some((written) => nameMatcher(written).test(action));

const isAtLeast = (values: readonly Value[], days: number): boolean =>
  values.every((value) => value.kind !== "literal" || Number(value.value) >= days);

/** Whether a Deny speaks of a bucket, or of all its objects. The told part of `${bucket.arn}/*` is `…/*`. */
function isOf(resource: Value, bucket: Resource, on: Refusal["on"]): boolean {
  if (resource.kind === "reference") return on === "bucket" && resource.resource === bucket;
  if (resource.kind === "unknown") return false;
  const name = String(bucket.attributes.bucket ?? "");
  const [, own] = /^arn:aws[\w-]*:s3:::(.*)$/.exec(String(resource.value)) ?? [undefined, String(resource.value)];
  return on === "bucket" ? own === name : own === `${name}/*` || own === `${untoldPart}/*`;
}
