import type { Resource } from "../../terraform/estate";
import { isObject, type Json } from "../../terraform/json";
import { resolve } from "../../terraform/resolve";
import type { Look } from "../look";
import { holdsSecret } from "../secret-patterns";
import type { SecurityRule } from "../security-rule";

const secretName = /(SECRET|TOKEN|PASSWORD|PRIVATE_KEY|API_KEY)$/i;
const secretArn = /^arn:[\w-]+:(secretsmanager|ssm):/;

export const lmb04: SecurityRule = {
  id: "LMB-04",
  scope: "resource",
  demand: "Variables of a function are encrypted with a customer key and hold no secret, at most the ARN of one.",
  why: "Whoever may look at a function, a plan or a state reads the secret.",
  covers: ["CKV_AWS_45", "CKV_AWS_173"],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      const hasEnvironment = look.isSet(at, "environment");
      const hasKey = look.isSet(at, "kms_key_arn");
      if (hasEnvironment && !hasKey) {
        const fix = "Set kms_key_arn to the ARN of a customer key.";
        yield { at, message: "has variables without a customer key.", fix };
      }
      if (hasKey && !hasEnvironment) {
        const fix = "Remove kms_key_arn: AWS drops it, and every plan would set it again.";
        yield { at, message: "has a key and no variables.", fix };
      }
      for (const [name, value] of variablesOf(look, at)) {
        if (isSecret(name, value, at)) {
          const fix = "Give the function the ARN of the secret, and let it read the value.";
          yield { at, message: `holds a secret in the variable ${name}.`, fix };
        }
      }
    }
  },
};

/** Variables as written; a map that is given by a reference, as far as it can be told. */
function variablesOf(look: Look, at: Resource): [string, Json][] {
  return look.blocks(at, "environment").flatMap((environment) => {
    const written = environment.attributes.variables;
    const variables = isObject(written) ? written : look.literal(environment, "variables");
    return isObject(variables) ? Object.entries(variables) : [];
  });
}

function isSecret(name: string, written: Json, { stack }: Resource): boolean {
  const value = resolve(written, stack);
  const texts = [written, value.kind === "literal" ? value.value : null].map(String);
  if (texts.some(holdsSecret)) return true;
  if (!secretName.test(name) || written === null || written === "") return false;
  return !texts.some((text) => secretArn.test(text) || text.includes("${"));
}
