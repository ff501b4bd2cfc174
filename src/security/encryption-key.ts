import { KmsAlias, KmsKey } from "../aws";
import { Construct } from "../cdktf";
import {
  account,
  everybody,
  type PolicyCondition,
  type PolicyStatement,
  policyJson,
  unlessRole,
} from "./resource-policy";

/** A service that uses the key in its own name, not for a caller. */
export interface KeyService {
  /** Such as `events.amazonaws.com`. */
  readonly principal: string;
  readonly actions: readonly string[];
  /** Binds the service to this account. @default - none, for services that would then drop messages in silence */
  readonly conditions?: PolicyCondition;
}

export interface EncryptionKeyProps {
  /** With its prefix: `names.name("kms-alias", …)`. */
  readonly alias: string;
  readonly description: string;
  /** @default - the region of the provider */
  readonly region?: string;
  readonly accountId: string;
  /** Days between the order to delete the key and its deletion, 7 to 30. */
  readonly deletionDays: number;
  /** The one role that may disable the key or order its deletion. */
  readonly breakGlassRoleArn: string;
  /** Beside break-glass, the one role that may change this policy. */
  readonly deployRoleArn: string;
  /** @default - none */
  readonly services?: readonly KeyService[];
  /** AWS services through which roles of this account use the key, such as `dynamodb`. @default - none */
  readonly useThrough?: readonly string[];
}

const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/** What encrypting and decrypting takes, written out: `kms:ReEncrypt*` would hide what it allows. */
export const keyUse = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** One customer key for one purpose, with rotation, an alias and a policy that is written out.
 *
 * Roles use it only through the services named, so a stolen role cannot decrypt by calling KMS itself, and only
 * break-glass can disable it or order its deletion: without that, one call makes tables, backups and secrets unreadable
 * (a vault lock does not protect its key). Costs 1 USD a month, 2 and 3 USD after the first and second yearly rotation.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;
  readonly keyId: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    const key = new KmsKey(this, "Default", {
      ...region,
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionDays,
      policy: policyJson(statements(props)),
      lifecycle: { preventDestroy: true },
    });
    new KmsAlias(this, "alias", { ...region, name: props.alias, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.keyId = key.keyId;
  }
}

function statements(props: EncryptionKeyProps): PolicyStatement[] {
  const { useThrough = [], services = [] } = props;
  const owner = account(props.accountId);
  // Any region: a table in another one may replicate to here, and nothing but the service itself can set this.
  const through = { StringLike: { "kms:ViaService": useThrough.map((service) => `${service}.*.amazonaws.com`) } };
  return [
    { Sid: "Administration", Effect: "Allow", Principal: owner, Action: administration, Resource: "*" },
    ...(useThrough.length > 0
      ? ([
          {
            Sid: "UseThroughServices",
            Effect: "Allow",
            Principal: owner,
            Action: keyUse,
            Resource: "*",
            Condition: through,
          },
          {
            Sid: "GrantToServices",
            Effect: "Allow",
            Principal: owner,
            Action: ["kms:CreateGrant"],
            Resource: "*",
            Condition: { ...through, Bool: { "kms:GrantIsForAWSResource": "true" } },
          },
        ] as const)
      : []),
    ...services.map(
      ({ principal, actions, conditions }, index): PolicyStatement => ({
        Sid: `Service${index + 1}`,
        Effect: "Allow",
        Principal: { Service: [principal] },
        Action: actions,
        Resource: "*",
        ...(conditions ? { Condition: conditions } : {}),
      }),
    ),
    {
      Sid: "DenyDestruction",
      Effect: "Deny",
      Principal: everybody,
      Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
      Resource: "*",
      Condition: unlessRole(props.breakGlassRoleArn),
    },
    {
      Sid: "DenyPolicyChange",
      Effect: "Deny",
      Principal: everybody,
      Action: ["kms:PutKeyPolicy"],
      Resource: "*",
      Condition: unlessRole(props.breakGlassRoleArn, props.deployRoleArn),
    },
  ];
}
