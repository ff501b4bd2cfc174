import { SecretsmanagerSecret, SecretsmanagerSecretPolicy } from "../aws";
import { Construct } from "../cdktf";
import { everybody, type PolicyStatement, policyJson, unlessRole } from "../security/resource-policy";

export interface SecretContainerProps {
  readonly name: string;
  readonly description: string;
  readonly kmsKeyArn: string;
  /** A copy that survives the loss of the region, under a key of its own region. */
  readonly replica: { readonly region: string; readonly kmsKeyArn: string };
  /** Days in which a deleted secret can be restored, 7 to 30. */
  readonly recoveryWindowDays: number;
  /** The functions that need the value; matched by ARN, so they may be made later. */
  readonly readerRoleArns: readonly string[];
  /** The function that rotates it: beside break-glass the one role that writes values and moves labels. */
  readonly writerRoleArns: readonly string[];
  /** May read and write, and is the only one to change the description or key, stop the rotation, or delete. */
  readonly breakGlassRoleArn: string;
  /** Beside break-glass, the one role that may change the policy. It cannot read the value. */
  readonly deployRoleArn: string;
}

/** A secret without a value: its name, key, copy and who may read and write it. The value is put in later, never by Terraform.
 *
 * The policy denies by role, so that one right too many in some identity policy does not open the secret (FS-11) and
 * neither the deploy role nor an administrator reads it. A value in Terraform would lie in its state in clear.
 * Costs 0.40 USD a month, and again for the replica.
 */
export class SecretContainer extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretContainerProps) {
    super(scope, id);
    const { readerRoleArns, writerRoleArns, breakGlassRoleArn, deployRoleArn } = props;
    const secret = new SecretsmanagerSecret(this, "Default", {
      name: props.name,
      description: props.description,
      kmsKeyId: props.kmsKeyArn,
      recoveryWindowInDays: props.recoveryWindowDays,
      replica: [{ region: props.replica.region, kmsKeyId: props.replica.kmsKeyArn }],
      lifecycle: { preventDestroy: true },
    });
    const statements = [
      deny("DenyReads", ["GetSecretValue"], [...readerRoleArns, breakGlassRoleArn]),
      deny("DenyWrites", ["PutSecretValue", "UpdateSecretVersionStage"], [...writerRoleArns, breakGlassRoleArn]),
      // A change of the secret could move it to a key that the readers cannot use, or write past the rotation.
      deny("DenyChanges", ["CancelRotateSecret", "DeleteSecret", "UpdateSecret"], [breakGlassRoleArn]),
      deny("DenyPolicyChange", ["DeleteResourcePolicy", "PutResourcePolicy"], [deployRoleArn, breakGlassRoleArn]),
    ];
    new SecretsmanagerSecretPolicy(this, "policy", {
      secretArn: secret.arn,
      blockPublicPolicy: true,
      policy: policyJson(statements),
    });
    this.arn = secret.arn;
  }
}

const deny = (sid: string, actions: readonly string[], exceptRoleArns: readonly string[]): PolicyStatement => ({
  Sid: sid,
  Effect: "Deny",
  Principal: everybody,
  Action: actions.map((action) => `secretsmanager:${action}`),
  Resource: "*",
  Condition: unlessRole(...exceptRoleArns),
});
