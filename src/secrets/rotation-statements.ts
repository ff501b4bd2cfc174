import type { Identity } from "../config/names";
import type { IdentityStatement, StatementCondition } from "../service/statement";
import type { RotatedKind } from "./planned-secrets";

/** Functions that look after secrets, by their folder. */
export type SecretFunction = "rotate-secret" | "rotation-auditor" | "credential-sweeper" | "redeliver-webhooks";

/** What each asks of Secrets Manager: of the secrets in its registry, and of those that open the other side.
 *
 * The auditor reads no value and writes none: what it finds, the rotation function puts right.
 */
export const secretActions = {
  "rotate-secret": {
    reads: ["DescribeSecret", "GetSecretValue"],
    writes: ["PutSecretValue", "UpdateSecretVersionStage"],
    credential: ["GetSecretValue"],
  },
  "rotation-auditor": { reads: ["DescribeSecret", "ListSecretVersionIds"], writes: [], credential: [] },
  "credential-sweeper": {
    reads: ["DescribeSecret", "ListSecretVersionIds"],
    writes: [],
    credential: ["GetSecretValue"],
  },
  "redeliver-webhooks": { reads: [], writes: [], credential: ["GetSecretValue"] },
} as const satisfies Record<SecretFunction, Record<"reads" | "writes" | "credential", readonly string[]>>;

/** A secret, with the key it is encrypted with; no key where that is Secrets Manager's own. */
export interface EncryptedSecret {
  readonly arn: string;
  readonly kmsKeyArn?: string;
}

export interface SecretRights {
  readonly identity: Identity;
  readonly secrets: readonly EncryptedSecret[];
  readonly credentials: readonly EncryptedSecret[];
}

const secretsManager = (actions: readonly string[]) => actions.map((action) => `secretsmanager:${action}`);

/** What a function of the table may do with secrets and their keys; `rotatorArn` is its own ARN where it writes. */
export function secretStatements(
  noun: SecretFunction,
  { identity, secrets, credentials }: SecretRights,
  rotatorArn?: string,
): IdentityStatement[] {
  const { reads, writes, credential } = secretActions[noun];
  const arns = secrets.map(({ arn }) => arn);
  const statement = (
    sid: string,
    actions: readonly string[],
    resources: readonly string[],
    conditions: readonly StatementCondition[] = [],
  ): IdentityStatement[] =>
    actions.length > 0 && resources.length > 0
      ? [{ sid, actions: secretsManager(actions), resources, ...(conditions.length > 0 ? { conditions } : {}) }]
      : [];
  // No other secret, should one more be put into the registry by mistake: it must be this function that rotates it.
  const isItsRotator = { test: "ArnEquals", variable: "secretsmanager:resource/AllowRotationLambdaArn" };
  const own = rotatorArn === undefined ? [] : [{ ...isItsRotator, values: [rotatorArn] }];
  const readsValues = reads.some((action) => action === "GetSecretValue");
  return [
    ...statement("ReadSecrets", reads, arns),
    ...statement("WriteSecrets", writes, arns, own),
    ...statement(
      "ReadCredentials",
      credential,
      credentials.map(({ arn }) => arn),
    ),
    ...keyStatements("UseKey", ["kms:Decrypt", "kms:GenerateDataKey"], writes.length > 0 ? secrets : [], identity),
    ...keyStatements(
      "ReadKey",
      ["kms:Decrypt"],
      [...(readsValues && writes.length === 0 ? secrets : []), ...credentials],
      identity,
    ),
  ];
}

/** Keys, through Secrets Manager and for these secrets only: their ARN is part of what is encrypted. */
function keyStatements(
  sid: string,
  actions: readonly string[],
  secrets: readonly EncryptedSecret[],
  { region }: Identity,
): IdentityStatement[] {
  const keys = [...new Set(secrets.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []))];
  return keys.map((key, index) => ({
    sid: `${sid}${index === 0 ? "" : index + 1}`,
    actions,
    resources: [key],
    conditions: [
      { test: "StringEquals", variable: "kms:ViaService", values: [`secretsmanager.${region}.amazonaws.com`] },
      {
        test: "StringEquals",
        variable: "kms:EncryptionContext:SecretARN",
        values: secrets.filter(({ kmsKeyArn }) => kmsKeyArn === key).map(({ arn }) => arn),
      },
    ],
  }));
}

/** What a rotation function does with the other side where that is AWS. */
export function kindStatements(
  kind: RotatedKind,
  targets: readonly Readonly<Record<string, string | number>>[],
  { region }: Identity,
): IdentityStatement[] {
  if (kind !== "apigw-key") return [];
  const gateway = `arn:aws:apigateway:${region}::`;
  const planKeys = targets.map(({ usagePlanId }) => `${gateway}/usageplans/${usagePlanId}/keys`);
  return [
    { sid: "MakeApiKeys", actions: ["apigateway:GET", "apigateway:POST"], resources: [`${gateway}/apikeys`] },
    // A key that is made with tags asks for this, too.
    { sid: "TagApiKeys", actions: ["apigateway:PUT"], resources: [`${gateway}/tags/*`] },
    {
      sid: "AttachApiKeys",
      actions: ["apigateway:GET", "apigateway:POST"],
      resources: planKeys,
    },
  ];
}

export interface AuditedResources {
  readonly rotatedSecretArns: readonly string[];
  readonly rotatorArns: readonly string[];
  readonly deliveriesTableArn: string;
  readonly dataKeyArn: string;
}

/** What the auditor does beside looking at secrets; RotateSecret asks for the right to call the function. */
export const auditorStatements = (used: AuditedResources): IdentityStatement[] => [
  ...(used.rotatorArns.length > 0
    ? [
        { sid: "StartRotations", actions: ["secretsmanager:RotateSecret"], resources: used.rotatedSecretArns },
        { sid: "CallRotators", actions: ["lambda:InvokeFunction"], resources: used.rotatorArns },
      ]
    : []),
  { sid: "SeeKeysInUse", actions: ["dynamodb:GetItem"], resources: [used.deliveriesTableArn] },
  { sid: "DecryptData", actions: ["kms:Decrypt"], resources: [used.dataKeyArn] },
];

/** What the sweeper does with API keys, and none of it where no plan is swept. */
export function apiKeySweepStatements(
  usagePlanIds: readonly (string | number)[],
  { region }: Identity,
): IdentityStatement[] {
  if (usagePlanIds.length === 0) return [];
  const gateway = `arn:aws:apigateway:${region}::`;
  const usage = usagePlanIds.map((id) => `${gateway}/usageplans/${id}/usage`);
  return [
    { sid: "FindApiKeys", actions: ["apigateway:GET"], resources: [`${gateway}/apikeys`] },
    { sid: "RetireApiKeys", actions: ["apigateway:DELETE", "apigateway:PATCH"], resources: [`${gateway}/apikeys/*`] },
    { sid: "SeeUsage", actions: ["apigateway:GET"], resources: usage },
  ];
}
