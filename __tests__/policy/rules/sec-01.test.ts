import { sec01 } from "../../../src/policy/rules/sec-01-secrets-are-encrypted";
import { found } from "../fragment";

const key = "${aws_kms_key.secrets.arn}";
const ofAws = "is not encrypted with a key of ours.";

describe("SEC-01", () => {
  it.each([
    ["secret", { aws_secretsmanager_secret: { s: { kms_key_id: key } } }],
    [
      "secret with a replica",
      { aws_secretsmanager_secret: { s: { kms_key_id: key, replica: { kms_key_id: key, region: "us-west-2" } } } },
    ],
    ["parameter", { aws_ssm_parameter: { p: { type: "SecureString", key_id: key } } }],
    ["parameter that holds no secret", { aws_ssm_parameter: { p: { type: "String" } } }],
  ])("lets a %s have our key", (_, resource) => {
    expect(found(sec01, resource)).toEqual([]);
  });

  it.each([{}, { kms_key_id: "alias/aws/secretsmanager" }])("finds a secret with %j", (attributes) => {
    expect(found(sec01, { aws_secretsmanager_secret: { s: attributes } })).toEqual([
      `aws_secretsmanager_secret.s ${ofAws}`,
    ]);
  });

  it.each([{ region: "us-west-2" }, [{ region: "us-west-2", kms_key_id: "alias/aws/secretsmanager" }]])(
    "finds a secret with a replica of %j",
    (replica) => {
      expect(found(sec01, { aws_secretsmanager_secret: { s: { kms_key_id: key, replica } } })).toEqual([
        "aws_secretsmanager_secret.s has a replica that is not encrypted with a key of ours.",
      ]);
    },
  );

  it.each([{}, { key_id: "alias/aws/ssm" }])("finds a parameter with %j", (attributes) => {
    expect(found(sec01, { aws_ssm_parameter: { p: { type: "SecureString", ...attributes } } })).toEqual([
      `aws_ssm_parameter.p ${ofAws}`,
    ]);
  });
});
