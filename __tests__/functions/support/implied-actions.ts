import type { Account, UsedAction } from "./action-recorder";

/** What is known of the account besides the request. */
export interface AccountFacts extends Account {
  /** Key that a secret, table, bucket or queue is encrypted with; undefined where it is the service's own. */
  readonly keyOf: (arn: string) => string | undefined;
  /** The function that rotates a secret. */
  readonly rotatorOf: (secretArn: string) => string | undefined;
}

type Implied = (used: UsedAction, facts: AccountFacts) => readonly UsedAction[];

const onKey =
  (...actions: readonly string[]): Implied =>
  ({ action, resource }, { region, keyOf }) => {
    const key = keyOf(resource);
    if (key === undefined) return [];
    const [service = ""] = action.split(":");
    const context = {
      "kms:ViaService": `${service}.${region}.amazonaws.com`,
      ...(service === "secretsmanager" && { "kms:EncryptionContext:SecretARN": resource }),
    };
    return actions.map((each) => ({ action: `kms:${each}`, resource: key, context }));
  };

const nothing: Implied = () => [];

/** What an action asks for besides itself, because the service does it in the caller's name.
 *
 * Keys: Secrets Manager User Guide, "Secret encryption and decryption"; DynamoDB Developer Guide, "Encryption at rest:
 * how it works"; S3 User Guide, "Using SSE-KMS"; SQS Developer Guide, "Key management". RotateSecret: its API reference.
 * Tags on a new API key: API Gateway Developer Guide, "Tag-based access control" (unconfirmed for API keys).
 */
const implied: Readonly<Record<string, Implied>> = {
  "secretsmanager:DescribeSecret": nothing,
  "secretsmanager:ListSecretVersionIds": nothing,
  "secretsmanager:UpdateSecretVersionStage": nothing,
  "secretsmanager:GetSecretValue": onKey("Decrypt"),
  "secretsmanager:PutSecretValue": onKey("GenerateDataKey", "Decrypt"),
  "secretsmanager:RotateSecret": ({ resource }, { rotatorOf }) => {
    const rotator = rotatorOf(resource);
    if (rotator === undefined) throw new Error(`No function rotates ${resource}.`);
    return [{ action: "lambda:InvokeFunction", resource: rotator, context: {} }];
  },
  "dynamodb:DeleteItem": onKey("Decrypt"),
  "dynamodb:GetItem": onKey("Decrypt"),
  "dynamodb:PutItem": onKey("Decrypt"),
  "dynamodb:Query": onKey("Decrypt"),
  "dynamodb:UpdateItem": onKey("Decrypt"),
  "s3:GetObject": onKey("Decrypt"),
  "s3:ListBucket": nothing,
  "s3:PutObject": onKey("GenerateDataKey"),
  "sqs:DeleteMessage": nothing,
  "sqs:GetQueueAttributes": nothing,
  "sqs:ReceiveMessage": onKey("Decrypt"),
  "sqs:SendMessage": onKey("GenerateDataKey", "Decrypt"),
  "bedrock:InvokeModel": nothing,
  "ec2:DescribeManagedPrefixLists": nothing,
  "ec2:GetManagedPrefixListEntries": nothing,
  "ec2:ModifyManagedPrefixList": nothing,
  "wafv2:GetIPSet": nothing,
  "wafv2:UpdateIPSet": nothing,
  "lambda:InvokeFunction": nothing,
  "apigateway:DELETE": nothing,
  "apigateway:GET": nothing,
  "apigateway:PATCH": nothing,
  "apigateway:POST": ({ resource }, { region }) => {
    if (!resource.endsWith("/apikeys")) return [];
    const tags = `arn:aws:apigateway:${region}::/tags/${encodeURIComponent(`${resource}/new`)}`;
    return [{ action: "apigateway:PUT", resource: tags, context: {} }];
  },
};

/** The action with what it implies, and with what conditions look at on its resource. */
export function withImplied(used: UsedAction, facts: AccountFacts): readonly UsedAction[] {
  const rule = implied[used.action];
  if (!rule) throw new Error(`Nobody has said what ${used.action} implies.`);
  const rotator = used.action.startsWith("secretsmanager:") ? facts.rotatorOf(used.resource) : undefined;
  const context = rotator === undefined ? {} : { "secretsmanager:resource/AllowRotationLambdaArn": rotator };
  return [{ ...used, context: { ...used.context, ...context } }, ...rule(used, facts)];
}
