import { readdirSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../src/policy/catalogue";
import type { JsonObject } from "../../src/terraform/json";
import { judged, provider } from "./judged";
import { canaries, ignoringTags, rotation, secret, variable } from "./secret-things";

const deny = (over: JsonObject = {}) =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        ...over,
      },
    ],
  });
const bucket = (others: JsonObject = {}): JsonObject => ({
  aws_s3_bucket: { logs: { bucket: "acme-logs" } },
  ...others,
});
const block = (publicPolicy: boolean) => ({
  aws_s3_bucket_public_access_block: {
    logs: {
      bucket: "${aws_s3_bucket.logs.bucket}",
      block_public_acls: true,
      block_public_policy: publicPolicy,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  },
});
const lambda = (over: JsonObject = {}): JsonObject => ({
  aws_lambda_function: {
    worker: {
      function_name: "worker",
      timeout: 30,
      reserved_concurrent_executions: 2,
      dead_letter_config: { target_arn: "arn:aws:sqs:us-east-1:111122223333:dlq" },
      ...over,
    },
  },
});
const alarm = (over: JsonObject = {}): JsonObject => ({
  aws_cloudwatch_metric_alarm: {
    errors: {
      alarm_actions: ["arn:aws:sns:us-east-1:111122223333:errors"],
      alarm_description: "Errors.\nRunbook: https://example.com/runbooks/RB-06-high-error-rate-response.md",
      ...over,
    },
  },
});
const ingress = (cidr: string): JsonObject => ({
  aws_vpc_security_group_ingress_rule: { web: { security_group_id: "sg-1", cidr_ipv4: cidr } },
});
const table = (over: JsonObject = {}): JsonObject => ({
  aws_dynamodb_table: {
    orders: {
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
      point_in_time_recovery: [{ enabled: true }],
      ...over,
    },
  },
});
const rolePolicy = (statement: JsonObject): { resource: JsonObject; data: JsonObject } => ({
  resource: { aws_iam_role_policy: { worker: { policy: "${data.aws_iam_policy_document.worker.json}" } } },
  data: { aws_iam_policy_document: { worker: { statement: [statement] } } },
});
const remoteState = (stack: string) => ({
  data: { terraform_remote_state: { [`cross-stack-reference-input-${stack}`]: { backend: "local" } } },
});

interface Case {
  readonly kept: JsonObject;
  readonly broken: JsonObject;
  readonly address: string;
}

/** For each rule a stack that keeps it, and one that breaks it at the address. */
const cases: Readonly<Record<string, Case>> = {
  "account-is-guarded": {
    kept: { provider },
    broken: { provider: { aws: [{ region: "us-east-1" }] } },
    address: "provider.aws",
  },
  "alarms-lead-to-runbooks": {
    kept: { resource: alarm() },
    broken: {
      resource: alarm({ alarm_description: "Errors.\nRunbook: https://example.com/runbooks/RB-99-nothing.md" }),
    },
    address: "aws_cloudwatch_metric_alarm.errors",
  },
  "buckets-are-encrypted": {
    kept: {
      resource: bucket({
        aws_s3_bucket_server_side_encryption_configuration: {
          logs: {
            bucket: "acme-logs",
            rule: { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms" } },
          },
        },
      }),
    },
    broken: { resource: bucket() },
    address: "aws_s3_bucket.logs",
  },
  "buckets-are-private": {
    kept: { resource: bucket(block(true)) },
    broken: { resource: bucket(block(false)) },
    address: "aws_s3_bucket.logs",
  },
  "buckets-keep-versions": {
    kept: {
      resource: bucket({
        aws_s3_bucket_versioning: { logs: { bucket: "acme-logs", versioning_configuration: { status: "Enabled" } } },
      }),
    },
    broken: {
      resource: bucket({
        aws_s3_bucket_versioning: { logs: { bucket: "acme-logs", versioning_configuration: { status: "Suspended" } } },
      }),
    },
    address: "aws_s3_bucket.logs",
  },
  "functions-are-bounded": {
    kept: { resource: lambda() },
    broken: { resource: lambda({ reserved_concurrent_executions: -1 }) },
    address: "aws_lambda_function.worker",
  },
  "log-groups-expire": {
    kept: { resource: { aws_cloudwatch_log_group: { api: { retention_in_days: 30 } } } },
    broken: { resource: { aws_cloudwatch_log_group: { api: { retention_in_days: 0 } } } },
    address: "aws_cloudwatch_log_group.api",
  },
  "no-open-ingress": {
    kept: { resource: ingress("10.0.0.0/16") },
    broken: { resource: ingress("0.0.0.0/0") },
    address: "aws_vpc_security_group_ingress_rule.web",
  },
  "no-star-on-star": {
    kept: rolePolicy({ actions: ["s3:GetObject"], resources: ["*"] }),
    broken: rolePolicy({ actions: ["*"], resources: ["*"] }),
    address: "aws_iam_role_policy.worker",
  },
  "nothing-runs-on-the-deployer": {
    kept: { resource: table() },
    broken: { resource: { null_resource: { script: {} } } },
    address: "null_resource.script",
  },
  "only-network-and-data-are-read": {
    kept: remoteState("network"),
    broken: remoteState("service"),
    address: "data.terraform_remote_state.cross-stack-reference-input-service",
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
  "stateful-is-protected": {
    kept: { resource: table() },
    broken: { resource: table({ lifecycle: { create_before_destroy: true } }) },
    address: "aws_dynamodb_table.orders",
  },
  "tables-can-go-back": {
    kept: { resource: table() },
    broken: { resource: table({ point_in_time_recovery: { enabled: false } }) },
    address: "aws_dynamodb_table.orders",
  },
  "transport-is-encrypted": {
    kept: { resource: bucket({ aws_s3_bucket_policy: { logs: { bucket: "acme-logs", policy: deny() } } }) },
    broken: {
      resource: bucket({
        aws_s3_bucket_policy: { logs: { bucket: "acme-logs", policy: deny({ Principal: { AWS: "111122223333" } }) } },
      }),
    },
    address: "aws_s3_bucket.logs",
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
    const unreadable = { aws_cloudwatch_log_group: { api: { retention_in_days: "${var.days}" } } };

    expect(judged("log-groups-expire", { resource: unreadable })).toEqual([
      {
        rule: "log-groups-expire",
        stack: "unknown",
        address: "aws_cloudwatch_log_group.api.retention_in_days",
        message: expect.stringContaining("cannot be judged"),
      },
    ]);
  });

  it("counts a policy inside the queue like one beside it", () => {
    const inline = { aws_sqs_queue: { q: { name: "q", policy: deny({ Action: "sqs:*" }) } } };

    expect(judged("transport-is-encrypted", { resource: inline })).toEqual([]);
  });

  it("does not let a policy pass whose text is computed", () => {
    const computed = { aws_sqs_queue_policy: { q: { policy: '${jsonencode({"Statement" = []})}' } } };

    expect(judged("no-star-on-star", { resource: computed })).toHaveLength(1);
  });
});

describe("more ways to break a promise", () => {
  it.each<[string, JsonObject, string]>([
    ["a function without a timeout", lambda({ timeout: null }), "functions-are-bounded"],
    ["a function that loses failed events", lambda({ dead_letter_config: null }), "functions-are-bounded"],
    [
      "a function that is stopped by a reservation of 0",
      lambda({ reserved_concurrent_executions: 0 }),
      "functions-are-bounded",
    ],
    ["an alarm that tells nobody", alarm({ alarm_actions: [] }), "alarms-lead-to-runbooks"],
    ["an alarm without a runbook", alarm({ alarm_description: "Errors." }), "alarms-lead-to-runbooks"],
    ["a table that can be deleted by hand", table({ deletion_protection_enabled: false }), "stateful-is-protected"],
    [
      "a group open by an inline rule",
      { aws_security_group: { web: { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] } } },
      "no-open-ingress",
    ],
    [
      "a group open to IPv6",
      { aws_vpc_security_group_ingress_rule: { web: { cidr_ipv6: "::/0" } } },
      "no-open-ingress",
    ],
    [
      "a provisioner",
      { aws_sqs_queue: { q: { provisioner: [{ "local-exec": { command: "true" } }] } } },
      "nothing-runs-on-the-deployer",
    ],
    ["a queue without a policy", { aws_sqs_queue: { q: { name: "q" } } }, "transport-is-encrypted"],
    [
      "a deny that more conditions narrow",
      bucket({
        aws_s3_bucket_policy: {
          logs: {
            bucket: "acme-logs",
            policy: deny({
              Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:PrincipalAccount": "1" } },
            }),
          },
        },
      }),
      "transport-is-encrypted",
    ],
    [
      "a distribution that admits TLS 1.0",
      { aws_cloudfront_distribution: { ui: { viewer_certificate: { minimum_protocol_version: "TLSv1" } } } },
      "transport-is-encrypted",
    ],
  ])("%s", (_, resource, id) => {
    expect(judged(id, { resource })).toHaveLength(1);
  });

  it("allows everything but a list", () => {
    expect(
      judged("no-star-on-star", rolePolicy({ not_actions: ["iam:*"], resources: ["arn:aws:s3:::x"] })),
    ).toHaveLength(1);
  });
});
