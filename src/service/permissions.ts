import type { IdentityStatement } from "./statement";

/** ARNs of what the functions use. */
export interface UsedResources {
  readonly reviewsTableArn: string;
  readonly deliveriesTableArn: string;
  readonly artifactsBucketArn: string;
  readonly reviewsQueueArn: string;
  readonly githubWebhookSecretArn: string;
  readonly spaceliftWebhookSecretArn: string;
  readonly githubAppSecretArn: string;
  readonly modelArns: readonly string[];
  readonly dataKeyArn: string;
  readonly secretsKeyArn: string;
  readonly messagesKeyArn: string;
}

/** What the code of each function calls, and nothing else; the reading service decrypts in the caller's name. */
export const functionStatements = {
  webhook: (used) => [
    { sid: "RememberDeliveries", actions: ["dynamodb:PutItem"], resources: [used.deliveriesTableArn] },
    { sid: "StoreLargeBodies", actions: ["s3:PutObject"], resources: [`${used.artifactsBucketArn}/deliveries/*`] },
    { sid: "EncryptData", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [used.dataKeyArn] },
    { sid: "QueueReviews", actions: ["sqs:SendMessage"], resources: [used.reviewsQueueArn] },
    { sid: "EncryptMessages", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [used.messagesKeyArn] },
    {
      sid: "ReadSigningKeys",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: [used.githubWebhookSecretArn, used.spaceliftWebhookSecretArn],
    },
    { sid: "DecryptSecrets", actions: ["kms:Decrypt"], resources: [used.secretsKeyArn] },
  ],
  authorizer: () => [],
  "reviews-api": (used) => [
    {
      sid: "ServeReviews",
      actions: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:Query"],
      resources: [used.reviewsTableArn],
    },
    { sid: "ListReviews", actions: ["dynamodb:Query"], resources: [`${used.reviewsTableArn}/index/by-created-at`] },
    { sid: "DecryptData", actions: ["kms:Decrypt"], resources: [used.dataKeyArn] },
  ],
  reviewer: (used) => [
    {
      sid: "TakeMessages",
      actions: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      resources: [used.reviewsQueueArn],
    },
    { sid: "DecryptMessages", actions: ["kms:Decrypt"], resources: [used.messagesKeyArn] },
    { sid: "WriteReviews", actions: ["dynamodb:PutItem", "dynamodb:UpdateItem"], resources: [used.reviewsTableArn] },
    { sid: "ReadLargeBodies", actions: ["s3:GetObject"], resources: [`${used.artifactsBucketArn}/deliveries/*`] },
    { sid: "DecryptData", actions: ["kms:Decrypt"], resources: [used.dataKeyArn] },
    { sid: "AskTheModel", actions: ["bedrock:InvokeModel"], resources: used.modelArns },
    { sid: "ReadAppKey", actions: ["secretsmanager:GetSecretValue"], resources: [used.githubAppSecretArn] },
    { sid: "DecryptSecrets", actions: ["kms:Decrypt"], resources: [used.secretsKeyArn] },
  ],
  probe: (used) => [
    { sid: "ReachTheTable", actions: ["dynamodb:GetItem"], resources: [used.reviewsTableArn] },
    { sid: "DecryptData", actions: ["kms:Decrypt"], resources: [used.dataKeyArn] },
    // What HeadBucket asks for.
    { sid: "ReachTheBucket", actions: ["s3:ListBucket"], resources: [used.artifactsBucketArn] },
    { sid: "ReachTheModel", actions: ["bedrock:InvokeModel"], resources: used.modelArns },
  ],
} as const satisfies Record<string, (used: UsedResources) => readonly IdentityStatement[]>;

/** The same for the function that keeps GitHub's addresses; ARNs of sets are there only after the functions before it. */
export const githubSyncStatements = (
  githubIpSetArns: readonly string[],
  prefixListArn: string | undefined,
): readonly IdentityStatement[] => [
  { sid: "KeepTheAddresses", actions: ["wafv2:GetIPSet", "wafv2:UpdateIPSet"], resources: githubIpSetArns },
  ...(prefixListArn === undefined ? [] : listStatements(prefixListArn)),
];

const listStatements = (prefixListArn: string): readonly IdentityStatement[] => [
  {
    sid: "KeepTheList",
    actions: ["ec2:GetManagedPrefixListEntries", "ec2:ModifyManagedPrefixList"],
    resources: [prefixListArn],
  },
  // Tells the list's version; it takes no ARN.
  { sid: "ReadItsVersion", actions: ["ec2:DescribeManagedPrefixLists"], resources: ["*"] },
];
