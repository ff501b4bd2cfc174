import { readdirSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../src/policy/catalogue";
import type { JsonObject } from "../../src/terraform/json";
import { judged } from "./judged";
import { canaries, ignoringTags, rotation, secret, variable } from "./secret-things";

const ours = { AWS: "arn:aws:iam::111122223333:role/worker" };
const policyOf = (type: string, over: JsonObject): JsonObject => ({
  [type]: {
    own: {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: ours, Action: "s3:GetObject", Resource: "*", ...over }],
      }),
    },
  },
});
const access = (over: JsonObject = {}): JsonObject => ({
  aws_cloudfront_origin_access_control: { ui: { signing_behavior: "always", signing_protocol: "sigv4", ...over } },
});
const table = (over: JsonObject, replica: JsonObject): JsonObject => ({
  aws_dynamodb_table: {
    orders: { deletion_protection_enabled: true, point_in_time_recovery: [{ enabled: true }], ...over },
  },
  aws_dynamodb_table_replica: { far: { global_table_arn: "${aws_dynamodb_table.orders.arn}", ...replica } },
});
const whole: JsonObject = { point_in_time_recovery: true, deletion_protection_enabled: true };
const inAccounts = (...accounts: string[]): JsonObject => ({
  provider: { aws: accounts.map((id) => ({ region: "us-east-1", allowed_account_ids: [id], alias: `a${id}` })) },
  resource: { aws_vpc: Object.fromEntries(accounts.map((id) => [`v${id}`, { provider: `aws.a${id}` }])) },
});

interface Case {
  readonly kept: JsonObject;
  readonly broken: JsonObject;
  readonly address: string;
}

/** For each rule a stack that keeps it, and one that breaks it at the address. */
const cases: Readonly<Record<string, Case>> = {
  "account-is-guarded": {
    kept: inAccounts("111122223333"),
    broken: inAccounts("111122223333", "444455556666"),
    address: "provider.aws",
  },
  "no-star-on-star": {
    kept: { resource: policyOf("aws_s3_bucket_policy", {}) },
    broken: { resource: policyOf("aws_s3_bucket_policy", { Action: "*" }) },
    address: "aws_s3_bucket_policy.own",
  },
  "nothing-runs-on-the-deployer": {
    kept: { resource: access(), data: { terraform_remote_state: { network: { backend: "local" } } } },
    broken: { resource: { terraform_data: { script: {} } } },
    address: "terraform_data.script",
  },
  "origin-access-is-signed": {
    kept: { resource: access() },
    broken: { resource: access({ signing_behavior: "no-override" }) },
    address: "aws_cloudfront_origin_access_control.ui",
  },
  "principals-are-ours": {
    kept: { resource: policyOf("aws_kms_key", {}) },
    broken: {
      resource: policyOf("aws_kms_key", { Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "kms:*" }),
    },
    address: "aws_kms_key.own",
  },
  "replicas-are-protected": {
    kept: { resource: table({}, whole) },
    broken: { resource: table({}, { ...whole, point_in_time_recovery: false }) },
    address: "aws_dynamodb_table_replica.far",
  },
  "resource-policies-are-closed": {
    kept: { resource: policyOf("aws_secretsmanager_secret_policy", {}) },
    broken: { resource: policyOf("aws_secretsmanager_secret_policy", { Principal: "*" }) },
    address: "aws_secretsmanager_secret_policy.own",
  },
  "rotation-is-wired": {
    kept: { resource: rotation() },
    broken: { resource: rotation({ rotate_immediately: true }) },
    address: "aws_secretsmanager_secret_rotation.hook",
  },
  "secret-values-stay-out": {
    kept: { resource: secret() },
    broken: { resource: variable(canaries.hex) },
    address: "aws_lambda_function.worker",
  },
  "secrets-are-guarded": {
    kept: { provider: ignoringTags, resource: secret() },
    broken: { provider: ignoringTags, resource: secret({ recovery_window_in_days: 0 }) },
    address: "aws_secretsmanager_secret.hook",
  },
};

describe.each(Object.entries(cases))("%s", (id, { kept, broken, address }) => {
  it("passes what keeps the promise", () => {
    expect(judged(id, kept)).toEqual([]);
  });

  it("finds what breaks it, and where", () => {
    expect(judged(id, broken)).toEqual([{ rule: id, stack: "data", address, message: expect.stringMatching(/\.$/) }]);
  });
});

describe("the catalogue", () => {
  const files = readdirSync(join(__dirname, "../../src/policy/promises")).map((file) => file.replace(".ts", ""));

  it("lists every rule file once, under the file's name", () => {
    expect(catalogue.map(({ id }) => id)).toEqual(files.sort());
  });

  it("has a compliant and a non-compliant case for every rule", () => {
    expect(Object.keys(cases).sort()).toEqual(files.sort());
  });

  it("says what is promised and why", () => {
    for (const { promise, why } of catalogue) {
      expect(promise).toMatch(/^[A-Z].{20,}\.$/);
      expect(why).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});

describe("what cannot be read", () => {
  it("is a finding, never a pass", () => {
    expect(judged("origin-access-is-signed", { resource: access({ signing_behavior: "${var.behavior}" }) })).toEqual([
      {
        rule: "origin-access-is-signed",
        stack: "data",
        address: "aws_cloudfront_origin_access_control.ui.signing_behavior",
        message: expect.stringContaining("cannot be judged"),
      },
    ]);
  });

  it.each(["no-star-on-star", "principals-are-ours", "resource-policies-are-closed"])(
    "does not let a policy pass whose text is computed: %s",
    (id) => {
      const computed = { aws_backup_vault_policy: { v: { policy: '${jsonencode({"Statement" = []})}' } } };

      expect(judged(id, { resource: computed })).toHaveLength(1);
    },
  );
});

describe("more ways to break a promise", () => {
  it.each<[string, JsonObject, string]>([
    ["a script", { null_resource: { script: {} } }, "nothing-runs-on-the-deployer"],
    ["a control that never signs", access({ signing_behavior: "never" }), "origin-access-is-signed"],
    ["a control without a protocol", access({ signing_protocol: null }), "origin-access-is-signed"],
    ["all actions but a list", policyOf("aws_kms_key", { Action: null, NotAction: "kms:Decrypt" }), "no-star-on-star"],
    ["all things but a list", policyOf("aws_sqs_queue", { Resource: null, NotResource: "x" }), "no-star-on-star"],
    ["every action on a secret", policyOf("aws_secretsmanager_secret", { Action: "*" }), "no-star-on-star"],
  ])("%s", (_, resource, id) => {
    expect(judged(id, { resource })).toHaveLength(1);
  });

  it("leaves to MSG-02 what a queue's policy allows", () => {
    expect(judged("no-star-on-star", { resource: policyOf("aws_sqs_queue_policy", { Action: "*" }) })).toEqual([]);
  });
});

describe("a replica", () => {
  const block = (replica: JsonObject) => ({ ...table({ replica: [{ region_name: "us-west-2", ...replica }] }, whole) });

  it.each<[JsonObject, string]>([
    [{ point_in_time_recovery: true }, "deletion_protection_enabled"],
    [{ deletion_protection_enabled: true }, "point_in_time_recovery"],
    [{}, "point_in_time_recovery and deletion_protection_enabled"],
  ])("in a block that says %j is found at its table", (replica, missing) => {
    expect(judged("replicas-are-protected", { resource: block(replica) })).toEqual([
      expect.objectContaining({
        address: "aws_dynamodb_table.orders",
        message: `has a bare replica in us-west-2; set ${missing} of the replica to true.`,
      }),
    ]);
    expect(judged("replicas-are-protected", { resource: block(whole) })).toEqual([]);
  });

  it("need not be more protected than its table", () => {
    const bare = table({ deletion_protection_enabled: false, point_in_time_recovery: null }, {});

    expect(judged("replicas-are-protected", { resource: bare })).toEqual([]);
  });

  it("of a table that others own is found", () => {
    const global_table_arn = "arn:aws:dynamodb:us-east-1:111122223333:table/theirs";

    expect(
      judged("replicas-are-protected", { resource: { aws_dynamodb_table_replica: { far: { global_table_arn } } } }),
    ).toHaveLength(1);
  });
});

describe("a resource policy", () => {
  const types = [
    ...["aws_secretsmanager_secret", "aws_secretsmanager_secret_policy", "aws_backup_vault_policy"],
    ...["aws_api_gateway_rest_api", "aws_api_gateway_rest_api_policy", "aws_ecr_repository_policy"],
  ];

  it.each(types)("of %s lets in nobody who is not singled out", (type) => {
    const narrowed = { StringEquals: { "aws:PrincipalAccount": "111122223333" } };
    const found = (over: JsonObject) =>
      judged("resource-policies-are-closed", { resource: policyOf(type, { Sid: "Open", ...over }) });

    expect(found({ Principal: "*" })).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^lets everybody in by Open; /) }),
    ]);
    expect(found({ Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": "true" } } })).toHaveLength(1);
    expect(found({ Principal: { AWS: "*" }, Condition: narrowed })).toEqual([]);
    expect(found({ Principal: "*", Effect: "Deny" })).toEqual([]);
  });

  it.each(["aws_s3_bucket_policy", "aws_kms_key", "aws_sqs_queue", "aws_sns_topic_policy", "aws_vpc_endpoint"])(
    "of %s is judged by a rule",
    (type) => {
      expect(judged("resource-policies-are-closed", { resource: policyOf(type, { Principal: "*" }) })).toEqual([]);
    },
  );
});
