import type { Block } from "../../terraform/estate";
import type { SecurityRule } from "../security-rule";

const servicePrincipal = /\.amazonaws\.com(\.cn)?$/;

/** As written: not wildcards alone, and none in the place of the account, which ARNs of buckets leave empty. */
const isOfAnAccount = ({ attributes }: Block): boolean =>
  !/^([*?]+|arn(:[^:]*){3}:[^:]*[*?].*|arn:[*?]+)$/.test(String(attributes.source_arn));

export const lmb07: SecurityRule = {
  id: "LMB-07",
  scope: "resource",
  demand: "A permission to invoke a function is not for everybody, and one for a service names the caller's ARN.",
  why: "Any account can make the service call the function with what it likes.",
  covers: ["CKV_AWS_301", "CKV_AWS_364", "AWS-0067"],
  *check(look) {
    for (const at of look.resources("aws_lambda_permission")) {
      const principal = look.text(at, "principal") ?? "";
      if (principal === "*") {
        const fix = "Set principal to a service or an account.";
        yield { at, message: "lets everybody invoke the function.", fix };
      } else if (servicePrincipal.test(principal) && !(look.isSet(at, "source_arn") && isOfAnAccount(at))) {
        yield {
          at,
          message: `lets anybody invoke the function through ${principal}.`,
          fix: "Set source_arn to the ARN of what calls; source_account alone is not enough.",
        };
      }
    }
  },
};
