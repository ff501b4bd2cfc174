import { block, flag, text, texts, value } from "../../terraform/blocks";
import { managedResources, type Resource } from "../../terraform/estate";
import { describe, type Value } from "../../terraform/resolve";
import type { Rule } from "../rule";

const secretsManager = "secretsmanager.amazonaws.com";

/** SEC-02 asks that a secret rotates often enough, and LMB-07 that a permission names the secret it is for. */
export const rotationIsWired: Rule = {
  id: "rotation-is-wired",
  promise:
    "Every rotation has a schedule of its own, begins with no apply, and may call its function for its secret alone.",
  why: "An apply would rotate a key in use, or the first rotation would fail for want of a right (FS-11).",
  *violations(estate) {
    const permissions = managedResources(estate, "aws_lambda_permission").filter(
      (permission) => text(permission, "principal") === secretsManager,
    );
    for (const permission of permissions) {
      if (value(permission, "source_account") === undefined) {
        yield { at: permission, message: "admits other accounts; set source_account." };
      }
    }
    for (const rotation of managedResources(estate, "aws_secretsmanager_secret_rotation")) {
      if (flag(rotation, "rotate_immediately") !== false) {
        yield { at: rotation, message: "rotates at every change of it; set rotate_immediately to false." };
      }
      const rules = block(rotation, "rotation_rules");
      if (!rules || !text(rules, "schedule_expression")?.startsWith("cron(") || !text(rules, "duration")) {
        yield { at: rotation, message: "has no cron and window; set schedule_expression and duration." };
      }
      const own = permissions.filter((permission) => isFor(permission, rotation));
      if (own.length !== 1) {
        yield {
          at: rotation,
          message: `is let in by ${own.length} permissions; add one aws_lambda_permission whose source_arn is its secret.`,
        };
      } else if (!own.some(({ address }) => texts(rotation, "depends_on").includes(address))) {
        yield { at: rotation, message: "does not wait for its permission; add it to depends_on." };
      }
    }
  },
};

/** The permission names the rotation's secret and function. */
function isFor(permission: Resource, rotation: Resource): boolean {
  const [secret, source] = [value(rotation, "secret_id"), value(permission, "source_arn")];
  const [called, admitted] = [value(rotation, "rotation_lambda_arn"), value(permission, "function_name")];
  return isSame(secret, source) && isSameFunction(called, admitted);
}

const isSame = (one: Value | undefined, other: Value | undefined): boolean =>
  one !== undefined && other !== undefined && one.kind !== "unknown" && describe(one) === describe(other);

/** An ARN on the one side may be a name on the other. */
function isSameFunction(arn: Value | undefined, name: Value | undefined): boolean {
  if (arn?.kind === "reference") {
    if (name?.kind === "reference") return arn.resource === name.resource;
    return name?.kind === "literal" && text(arn.resource, "function_name") === name.value;
  }
  return arn?.kind === "literal" && name?.kind === "literal" && String(arn.value).endsWith(`:${name.value}`);
}
