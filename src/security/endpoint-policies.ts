import { everybody, policyJson } from "./resource-policy";

/** Lets principals of this account do these things to these resources through an endpoint, and nobody anything else.
 *
 * An endpoint without a policy lets stolen credentials of another account carry data out through it.
 */
export function endpointPolicy(accountId: string, actions: readonly string[], resources: readonly string[]): string {
  return policyJson([
    {
      Sid: "OwnAccountOwnResources",
      Effect: "Allow",
      Principal: everybody,
      Action: actions,
      Resource: resources,
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    },
  ]);
}

export const bucketActions = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"] as const;

export const tableActions = [
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:DescribeTable",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "dynamodb:UpdateItem",
] as const;

export const secretActions = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"] as const;

export const modelActions = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"] as const;
