import type { JsonObject } from "../../src/terraform/json";
import { judged } from "./judged";
import { canaries, ignoringTags, rotation, secret, variable } from "./secret-things";

describe("a value of a secret", () => {
  it.each([
    ["hex in a variable", variable(canaries.hex)],
    ["base64 in a variable", variable(canaries.base64)],
    ["twenty letters and digits in a text", variable(`token=${canaries.base62};`)],
    ["a version", { aws_secretsmanager_secret_version: { hook: { secret_id: "hook" } } }],
    ["a write-only value", { aws_other: { hook: { secret_string_wo: "change-me" } } }],
    ["a binary value", { aws_other: { hook: { secret_binary: "change-me" } } }],
    ["a key of API Gateway", { aws_api_gateway_api_key: { partner: { name: "partner" } } }],
  ])("is found: %s", (_, resource: JsonObject) => {
    expect(judged("secret-values-stay-out", { resource })).toHaveLength(1);
  });

  it("is found in an output and in a data source, and shown no further than its beginning", () => {
    const json = {
      output: { key: { value: canaries.base64 } },
      data: { aws_other: { read: { query: canaries.hex } } },
    };

    const found = judged("secret-values-stay-out", json);

    expect(found.map(({ address }) => address)).toEqual(["data.aws_other.read", "output.key"]);
    for (const { message } of found) {
      expect(message).not.toContain(canaries.hex.slice(0, 5));
      expect(message).not.toContain(canaries.base64.slice(0, 5));
    }
  });

  it.each([
    ["a reference", "${aws_secretsmanager_secret.github-webhook_9f2c4e71b8d03a65f14c7e92.arn}"],
    ["an id in the form of a UUID", "key/6c0f5f1e-3d0b-4b58-9f4e-2a1c7d9e8b31"],
    ["names put together of words", "AWSManagedRulesKnownBadInputsRuleSet"],
    ["an alphabet", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"],
    ["a path", "/aws/lambda/acme-production-rotate-github-app-hook"],
  ])("is not seen in %s", (_, text) => {
    expect(judged("secret-values-stay-out", { resource: variable(text) })).toEqual([]);
  });

  it("is not seen in a digest", () => {
    const lambda = { worker: { source_code_hash: canaries.base64, filename: `assets/${canaries.hex}/code.zip` } };
    const upload = { zip: { source_hash: canaries.base64, source: `assets/${canaries.hex}/code.zip` } };

    expect(
      judged("secret-values-stay-out", { resource: { aws_lambda_function: lambda, aws_s3_object: upload } }),
    ).toEqual([]);
  });
});

describe("a secret without protection", () => {
  it.each<[string, JsonObject]>([
    ["restorable for a week", { provider: ignoringTags, resource: secret({ recovery_window_in_days: 7 }) }],
    ["whose tags an apply takes away", { resource: secret() }],
  ])("is found: %s", (_, json) => {
    expect(judged("secrets-are-guarded", json)).toHaveLength(1);
  });
});

describe("a rotation that is not wired", () => {
  const other = "arn:aws:secretsmanager:us-east-1:111122223333:secret:other-a1B2c3";

  it.each<[string, JsonObject]>([
    ["begins with an apply, as is the default", rotation({ rotate_immediately: null })],
    ["counts days", rotation({ rotation_rules: { automatically_after_days: 30 } })],
    ["has a rate", rotation({ rotation_rules: { schedule_expression: "rate(30 days)", duration: "2h" } })],
    ["has no window", rotation({ rotation_rules: { schedule_expression: "cron(0 3 1 * ? *)" } })],
    ["is let in for another secret", rotation({}, { source_arn: other })],
    ["is let in to another function", rotation({}, { function_name: "other" })],
    ["is let in from any account", rotation({}, { source_account: null })],
    ["does not wait for its permission", rotation({ depends_on: [] })],
  ])("is found: it %s", (_, resource) => {
    expect(judged("rotation-is-wired", { resource })).toHaveLength(1);
  });

  it("is found where its permission is for every secret", () => {
    const found = judged("rotation-is-wired", { resource: rotation({}, { source_arn: null }) });

    expect(found.map(({ address }) => address)).toEqual(["aws_secretsmanager_secret_rotation.hook"]);
  });

  it("is not seen where names and ARNs are written out", () => {
    const written = rotation(
      { rotation_lambda_arn: "arn:aws:lambda:us-east-1:111122223333:function:rotator" },
      { function_name: "rotator" },
    );

    expect(judged("rotation-is-wired", { resource: written })).toEqual([]);
  });
});
