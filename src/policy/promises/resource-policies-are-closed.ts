import { queues, topics } from "../channels";
import { lookAt } from "../look";
import { isOpenAllow } from "../policies";
import { placedPolicies } from "../policy-places";
import type { Rule } from "../rule";

/** Types whose policy a rule asks the same of: S3-09, KMS-02, MSG-02 and, as far as a network asks for it, NET-11. */
const judged = [
  /^aws_s3_bucket(_policy)?$/,
  /^aws_kms_((external_|replica_|replica_external_)?key|key_policy)$/,
  /^aws_vpc_endpoint(_policy)?$/,
  ...[queues, topics].map(({ type, policyType }) => new RegExp(`^(${type}|${policyType})$`)),
];

export const resourcePoliciesAreClosed: Rule = {
  id: "resource-policies-are-closed",
  promise: "No policy of a secret, a vault, an API or another thing lets everybody in.",
  why: "A stranger could read the secret, delete the backup or call the API, whatever our own roles may do (FS-09).",
  *violations(estate) {
    for (const { at, kind, read } of placedPolicies(lookAt(estate))) {
      if (kind !== "resource" || judged.some((type) => type.test(at.type))) continue;
      for (const statement of read().filter(isOpenAllow)) {
        yield {
          at,
          message: `lets everybody in${statement.sid === undefined ? "" : ` by ${statement.sid}`}; name the principals, or add a condition on aws:PrincipalAccount or aws:SourceArn.`,
        };
      }
    }
  },
};
