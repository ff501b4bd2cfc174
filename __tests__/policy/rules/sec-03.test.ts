import { judge } from "../../../src/policy/judge";
import { sec03 } from "../../../src/policy/rules/sec-03-secret-values-stay-out";
import { estateOf, stackFacts } from "../../../src/terraform/estate";
import type { Json } from "../../../src/terraform/json";
import { found } from "../fragment";

const version = (attributes: { [name: string]: Json }) =>
  found(sec03, { aws_secretsmanager_secret_version: { v: attributes } });
const provider = (aws: Json) => {
  const facts = stackFacts("fragment", { provider: { aws } });
  return judge([sec03], estateOf([facts]), "fragment").map(({ address, message }) => `${address} ${message}`);
};

describe("SEC-03", () => {
  it.each([
    {},
    { secret_string: "${random_password.api.result}" },
    { secret_string: '{"user":"api","password":"${random_password.api.result}"}' },
    { secret_string: "${var.secret}" },
  ])("lets a version be %j", (attributes) => {
    expect(version(attributes)).toEqual([]);
  });

  it.each(["secret_string", "secret_binary", "secret_string_wo"])("finds %s written out", (attribute) => {
    expect(version({ [attribute]: "example" })).toEqual([
      `aws_secretsmanager_secret_version.v writes ${attribute} out.`,
    ]);
  });

  it.each<Json>([
    { region: "us-east-1", default_tags: { tags: { key: "a", token: "b" } }, ignore_tags: [{ key_prefixes: ["x"] }] },
    [{ access_key: "${var.access_key}", secret_key: "${var.secret_key}" }],
    { assume_role: [{ role_arn: "arn:aws:iam::111122223333:role/apply" }], shared_credentials_files: ["~/.aws"] },
  ])("lets a provider be %j", (aws) => {
    expect(provider(aws)).toEqual([]);
  });

  it.each<[Json, string]>([
    [{ access_key: "example", secret_key: "${var.key}" }, "writes access_key out."],
    [[{ secret_key: "example" }], "writes secret_key out."],
    [{ token: "example" }, "writes token out."],
    [{ app_auth: [{ id: "1", pem_file: "example" }] }, "writes pem_file out."],
    [{ endpoint: "-----BEGIN RSA PRIVATE KEY-----" }, "writes endpoint out."],
    [{ assume_role_with_web_identity: [{ web_identity_token: "example" }] }, "writes web_identity_token out."],
  ])("finds that a provider with %j, which nothing uses, %s", (aws, message) => {
    expect(provider(aws)).toEqual([`provider.aws ${message}`]);
  });
});
