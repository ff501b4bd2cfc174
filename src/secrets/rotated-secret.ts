import { LambdaPermission, SecretsmanagerSecretRotation } from "../aws";
import { Construct } from "../cdktf";
import type { SecretRef } from "../config/refs";
import type { RotationSchedule } from "./planned-secrets";
import { scheduleProblem } from "./schedule-problems";

export interface RotatedSecretProps {
  readonly secret: SecretRef;
  /** The function's name as a reference, and its ARN without a version or alias. */
  readonly rotator: { readonly name: string; readonly arn: string };
  readonly schedule: RotationSchedule;
  readonly maxAgeDays: number;
  readonly accountId: string;
}

/** Has Secrets Manager rotate a secret, whoever made it, by a function and on a schedule.
 *
 * Throws for a schedule that is not allowed. The first rotation comes with the schedule or by hand, never with an
 * apply: the provider would else rotate at every change of it. Whether Secrets Manager takes an alias of a function
 * is not documented, so this is the one caller that does not use `live`. Destroying it cancels the rotation, which the
 * secret's policy leaves to break-glass.
 */
export class RotatedSecret extends Construct {
  constructor(scope: Construct, id: string, props: RotatedSecretProps) {
    super(scope, id);
    const { secret, rotator, schedule, maxAgeDays, accountId } = props;
    const problem = scheduleProblem(secret.name, schedule, maxAgeDays);
    if (problem) throw new Error(problem);
    // One for each secret: it names the secret it admits.
    const permission = new LambdaPermission(this, "permission", {
      action: "lambda:InvokeFunction",
      functionName: rotator.name,
      principal: "secretsmanager.amazonaws.com",
      sourceArn: secret.arn,
      sourceAccount: accountId,
    });
    new SecretsmanagerSecretRotation(this, "Default", {
      secretId: secret.arn,
      rotationLambdaArn: rotator.arn,
      rotateImmediately: false,
      rotationRules: { scheduleExpression: schedule.expression, duration: schedule.duration },
      dependsOn: [permission],
    });
  }
}
