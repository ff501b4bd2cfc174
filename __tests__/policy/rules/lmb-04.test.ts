import { lmb04 } from "../../../src/policy/rules/lmb-04-variables-hold-no-secrets";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const variables = (values: JsonObject) => ({ kms_key_arn: "key", environment: { variables: values } });
const judged = (attributes: JsonObject) => found(lmb04, { aws_lambda_function: { worker: attributes } });

describe("LMB-04", () => {
  it.each<[string, JsonObject]>([
    ["has no variables", {}],
    ["encrypts them", variables({ TABLE_NAME: "reviews" })],
    ["holds its block in a list", { kms_key_arn: "key", environment: [{ variables: { TABLE_NAME: "reviews" } }] }],
    [
      "names secrets",
      variables({
        WEBHOOK_SECRET: "arn:aws:secretsmanager:us-east-1:111122223333:secret:webhook",
        API_TOKEN: "${aws_secretsmanager_secret.api.arn}",
      }),
    ],
    ["names a parameter", variables({ DB_PASSWORD: "arn:aws:ssm:us-east-1:${var.account}:parameter/db" })],
    ["names no secret", variables({ TOKEN_ISSUER: "https://login.example.com", SECRET_PREFIX: "reviews/" })],
    ["leaves a secret empty", variables({ API_KEY: "" })],
  ])("lets a function be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      "has no key",
      { environment: { variables: { TABLE_NAME: "reviews" } } },
      ["has variables without a customer key."],
    ],
    ["has nothing to encrypt", { kms_key_arn: "key" }, ["has a key and no variables."]],
    ["holds a token", variables({ GITHUB_TOKEN: "a literal" }), ["holds a secret in the variable GITHUB_TOKEN."]],
    [
      "holds a password in lower case",
      variables({ db_password: "a literal" }),
      ["holds a secret in the variable db_password."],
    ],
    [
      "holds secrets in a list",
      { kms_key_arn: "key", environment: [{ variables: { A_PRIVATE_KEY: 1, API_KEY: "a", B_SECRET: "b" } }] },
      ["A_PRIVATE_KEY", "API_KEY", "B_SECRET"].map((name) => `holds a secret in the variable ${name}.`),
    ],
    [
      "holds the ARN of something else",
      variables({ QUEUE_SECRET: "arn:aws:sqs:us-east-1:111122223333:queue" }),
      ["holds a secret in the variable QUEUE_SECRET."],
    ],
  ])("finds a function that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_lambda_function.worker ${message}`));
  });

  it.each([
    `AKIA${"A".repeat(16)}`,
    "-----BEGIN RSA PRIVATE KEY-----",
    `ghp_${"a".repeat(36)}`,
    `github_pat_${"a".repeat(22)}`,
    `xoxb-${"1".repeat(10)}`,
    `Bearer eyJ${"a".repeat(10)}.eyJ${"a".repeat(10)}.`,
    `ghs_${"a".repeat(36)}\${var.rest}`,
  ])("knows %s under any name", (value) => {
    expect(judged(variables({ NOTE: value }))).toEqual([
      "aws_lambda_function.worker holds a secret in the variable NOTE.",
    ]);
  });
});
