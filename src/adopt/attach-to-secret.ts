import { SecretsmanagerSecretPolicy } from "../aws";
import type { Construct } from "../cdktf";
import type { Existing } from "../config/existing";
import { everybody, policyJson, unlessRole } from "../security/resource-policy";
import { unbuilt } from "./unbuilt";

export interface SecretGuard {
  readonly accountId: string;
  /** The one role that may delete the secret or change this policy, beside the one that applies it. */
  readonly breakGlassRoleArn: string;
  readonly deployRoleArn: string;
}

/** Refuses other accounts, and everybody but break-glass the deletion of a secret that stays its owner's.
 *
 * Its rotation lies in `service`, beside the function that does it.
 */
export function attachToSecret(scope: Construct, secret: Existing<"secret">, guard: SecretGuard): void {
  for (const hardening of secret.harden) {
    if (hardening.with === "rotation" && hardening.strategy) continue;
    if (hardening.with !== "policy") throw unbuilt(secret, hardening.with);
    new SecretsmanagerSecretPolicy(scope, hardening.with, {
      secretArn: secret.arn,
      blockPublicPolicy: true,
      policy: policyJson([
        {
          Sid: "DenyOtherAccounts",
          Effect: "Deny",
          Principal: everybody,
          Action: ["secretsmanager:*"],
          Resource: secret.arn,
          // A service that calls in its own name has no account.
          Condition: {
            StringNotEquals: { "aws:PrincipalAccount": guard.accountId },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          Sid: "DenyDeletion",
          Effect: "Deny",
          Principal: everybody,
          Action: ["secretsmanager:DeleteSecret"],
          Resource: secret.arn,
          Condition: unlessRole(guard.breakGlassRoleArn),
        },
        {
          Sid: "DenyPolicyChange",
          Effect: "Deny",
          Principal: everybody,
          Action: ["secretsmanager:DeleteResourcePolicy", "secretsmanager:PutResourcePolicy"],
          Resource: secret.arn,
          Condition: unlessRole(guard.breakGlassRoleArn, guard.deployRoleArn),
        },
      ]),
    });
  }
}
