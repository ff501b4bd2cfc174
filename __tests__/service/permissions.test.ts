import { resolve } from "node:path";
import { buildSync } from "esbuild";
import { functionStatements, githubSyncStatements } from "../../src/service/permissions";
import type { IdentityStatement } from "../../src/service/statement";

const used = {
  reviewsTableArn: "table/reviews",
  deliveriesTableArn: "table/deliveries",
  artifactsBucketArn: "bucket/artifacts",
  reviewsQueueArn: "queue/reviews",
  githubWebhookSecretArn: "secret/github-webhook",
  spaceliftWebhookSecretArn: "secret/spacelift-webhook",
  githubAppSecretArn: "secret/github-app",
  modelArns: ["model/one", "model/two"],
  dataKeyArn: "key/data",
  secretsKeyArn: "key/secrets",
  messagesKeyArn: "key/messages",
};

type FunctionName = keyof typeof functionStatements | "sync-github-ips";
const functions: readonly FunctionName[] = [
  ...(Object.keys(functionStatements) as (keyof typeof functionStatements)[]),
  "sync-github-ips",
];

const statementsOf = (name: FunctionName): readonly IdentityStatement[] =>
  name === "sync-github-ips"
    ? githubSyncStatements(["set/github-v4", "set/github-v6"], "prefix-list/github")
    : functionStatements[name](used);

const rights = (name: FunctionName) =>
  statementsOf(name)
    .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((target) => `${action} ${target}`)))
    .sort();

describe("the code may do exactly this", () => {
  it.each<[FunctionName, string[]]>([
    [
      "webhook",
      [
        "dynamodb:PutItem table/deliveries",
        "kms:Decrypt key/data",
        "kms:Decrypt key/messages",
        "kms:Decrypt key/secrets",
        "kms:GenerateDataKey key/data",
        "kms:GenerateDataKey key/messages",
        "s3:PutObject bucket/artifacts/deliveries/*",
        "secretsmanager:DescribeSecret secret/github-webhook",
        "secretsmanager:DescribeSecret secret/spacelift-webhook",
        "secretsmanager:GetSecretValue secret/github-webhook",
        "secretsmanager:GetSecretValue secret/spacelift-webhook",
        "sqs:SendMessage queue/reviews",
      ],
    ],
    ["authorizer", []],
    [
      "reviews-api",
      [
        "dynamodb:DeleteItem table/reviews",
        "dynamodb:GetItem table/reviews",
        "dynamodb:Query table/reviews",
        "dynamodb:Query table/reviews/index/by-created-at",
        "kms:Decrypt key/data",
      ],
    ],
    [
      "reviewer",
      [
        "bedrock:InvokeModel model/one",
        "bedrock:InvokeModel model/two",
        "dynamodb:PutItem table/reviews",
        "dynamodb:UpdateItem table/reviews",
        "kms:Decrypt key/data",
        "kms:Decrypt key/messages",
        "kms:Decrypt key/secrets",
        "s3:GetObject bucket/artifacts/deliveries/*",
        "secretsmanager:GetSecretValue secret/github-app",
        "sqs:DeleteMessage queue/reviews",
        "sqs:GetQueueAttributes queue/reviews",
        "sqs:ReceiveMessage queue/reviews",
      ],
    ],
    [
      "probe",
      [
        "bedrock:InvokeModel model/one",
        "bedrock:InvokeModel model/two",
        "dynamodb:GetItem table/reviews",
        "kms:Decrypt key/data",
        "s3:ListBucket bucket/artifacts",
      ],
    ],
    [
      "sync-github-ips",
      [
        "ec2:DescribeManagedPrefixLists *",
        "ec2:GetManagedPrefixListEntries prefix-list/github",
        "ec2:ModifyManagedPrefixList prefix-list/github",
        "wafv2:GetIPSet set/github-v4",
        "wafv2:GetIPSet set/github-v6",
        "wafv2:UpdateIPSet set/github-v4",
        "wafv2:UpdateIPSet set/github-v6",
      ],
    ],
  ])("%s", (name, expected) => {
    expect(rights(name)).toEqual(expected);
  });
});

/** The action that each call of the SDK needs (Service Authorization Reference). */
const actionOf: Readonly<Record<string, string>> = {
  ConverseCommand: "bedrock:InvokeModel",
  DeleteCommand: "dynamodb:DeleteItem",
  DescribeManagedPrefixListsCommand: "ec2:DescribeManagedPrefixLists",
  DescribeSecretCommand: "secretsmanager:DescribeSecret",
  GetCommand: "dynamodb:GetItem",
  GetIPSetCommand: "wafv2:GetIPSet",
  GetItemCommand: "dynamodb:GetItem",
  GetObjectCommand: "s3:GetObject",
  GetSecretValueCommand: "secretsmanager:GetSecretValue",
  HeadBucketCommand: "s3:ListBucket",
  ModifyManagedPrefixListCommand: "ec2:ModifyManagedPrefixList",
  PutCommand: "dynamodb:PutItem",
  PutObjectCommand: "s3:PutObject",
  QueryCommand: "dynamodb:Query",
  SendMessageCommand: "sqs:SendMessage",
  // Its one kind of item is a put.
  TransactWriteCommand: "dynamodb:PutItem",
  UpdateCommand: "dynamodb:UpdateItem",
  UpdateIPSetCommand: "wafv2:UpdateIPSet",
  paginateGetManagedPrefixListEntries: "ec2:GetManagedPrefixListEntries",
};

/** Calls of the SDK that are left when everything unused is dropped from the function's code. */
function callsOf(name: FunctionName): string[] {
  const { outputFiles } = buildSync({
    absWorkingDir: resolve(__dirname, "../.."),
    entryPoints: [`functions/${name}/handler.ts`],
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["@aws-sdk/*", "@aws-lambda-powertools/*", "jose", "zod"],
    write: false,
    logLevel: "silent",
  });
  const text = outputFiles.map((file) => file.text).join("");
  return [
    ...new Set([...text.matchAll(/(?<=new )\w+Command(?=\()|\bpaginate\w+(?=\()/g)].map(([call]) => call)),
  ].sort();
}

describe("rights and code agree", () => {
  /** What the Lambda service does with the role to fetch messages, and KMS for the services that are called. */
  const notOfTheCode = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];

  it.each(functions)("%s calls every action it may, and may every action it calls", (name) => {
    const granted = statementsOf(name)
      .flatMap(({ actions }): readonly string[] => actions)
      .filter((action) => !action.startsWith("kms:") && !notOfTheCode.includes(action));

    const called = callsOf(name).map((command) => actionOf[command] ?? `unknown: ${command}`);

    expect([...new Set(called)].sort()).toEqual([...new Set(granted)].sort());
  });

  it("the calls are really found", () => {
    expect(callsOf("webhook")).toEqual([
      "DescribeSecretCommand",
      "GetSecretValueCommand",
      "PutCommand",
      "PutObjectCommand",
      "SendMessageCommand",
      "TransactWriteCommand",
    ]);
  });
});
