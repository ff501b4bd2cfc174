import type { SecurityRule } from "../security-rule";

export const lmb05: SecurityRule = {
  id: "LMB-05",
  scope: "resource",
  demand: "A function takes signed code only, and its signing config enforces that.",
  why: "Whoever may upload code, or gets between the build and AWS, runs his own with the rights of the function.",
  covers: ["CKV_AWS_272"],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      if (!look.isSet(at, "code_signing_config_arn")) {
        const fix = "Set code_signing_config_arn to the ARN of an aws_lambda_code_signing_config.";
        yield { at, message: "runs code that nobody signed.", fix };
      }
    }
    for (const at of look.resources("aws_lambda_code_signing_config")) {
      const isEnforced = look
        .blocks(at, "policies")
        .some((policy) => look.holds(policy, "untrusted_artifact_on_deployment", (action) => action === "Enforce"));
      if (!isEnforced) {
        const fix = "Set policies.untrusted_artifact_on_deployment to Enforce.";
        yield { at, message: "only warns of code that nobody signed.", fix };
      }
    }
  },
};
