import type { Statement } from "../../terraform/statement";
import { isForEverybody, isOpenAllow, policyOf, textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";

const policyChange = "s3:PutBucketPolicy";

export const s309: SecurityRule = {
  id: "S3-09",
  scope: "resource",
  demand: "A bucket's policy lets nobody in without saying who calls, and does not lock its owner out.",
  why: "Anybody can read the bucket, or nobody but the account root can ever change its policy again.",
  covers: ["CKV_AWS_70", "CKV_AWS_93"],
  *check(look) {
    for (const at of look.resources("aws_s3_bucket_policy", "aws_s3_bucket")) {
      for (const statement of policyOf(at, "policy").statements) {
        if (isOpenAllow(statement)) {
          const fix = "Name the principals, or add a Condition such as StringEquals aws:SourceArn.";
          yield { at, message: `lets everybody in${by(statement)}.`, fix };
        }
        if (locksOut(statement)) {
          const fix = `Add a Condition, or leave ${policyChange} out of the Deny.`;
          yield { at, message: `keeps everybody from changing the policy${by(statement)}.`, fix };
        }
      }
    }
  },
};

const by = ({ sid }: Statement): string => (sid === undefined ? "" : ` by ${sid}`);

const locksOut = (statement: Statement): boolean =>
  statement.effect === "Deny" &&
  statement.conditions.length === 0 &&
  isForEverybody(statement) &&
  (textsOf(statement.actions).some(includesPolicyChange) ||
    (statement.notActions.length > 0 && !textsOf(statement.notActions).some(includesPolicyChange)));

/** `*` stands for any text in an action, `?` for any character; case does not matter. */
const includesPolicyChange = (action: string): boolean => {
  const pattern = action
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "i").test(policyChange);
};
