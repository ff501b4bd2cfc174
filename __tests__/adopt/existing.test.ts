import { ExistingThings } from "../../src/adopt/existing";
import type { ExistingThing } from "../../src/config/existing";
import { createNames } from "../../src/config/names";
import { existingKinds, type Mode } from "../../src/config/ownership";
import { type Attributes, only, resources, synthesize, type TerraformJson } from "../support/synthesize";
import { configWith, entry, key, offered, queue } from "./existing-things";

const webAclArn = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/api/0a1b2c3d";
const breakGlass = "arn:aws:iam::111122223333:role/break-glass";
const deploy = "arn:aws:iam::111122223333:role/apply";

type Stack = "service" | "data" | "recovery";

interface Json extends TerraformJson {
  readonly import?: readonly { readonly to: string; readonly id: string }[];
}

/** What one stack holds of these things. */
const stackOf = (stack: Stack, existing: readonly object[]) => build(stack, configWith(existing).existing);

function build(stack: Stack, existing: readonly ExistingThing[]): Json {
  const common = { existing, names: createNames(configWith([])) };
  return synthesize((scope) => {
    if (stack === "service") new ExistingThings(scope, "existing", { ...common, stack, webAclArn });
    if (stack === "data")
      new ExistingThings(scope, "existing", {
        ...common,
        stack,
        breakGlassRoleArn: breakGlass,
        deployRoleArn: deploy,
      });
    if (stack === "recovery")
      new ExistingThings(scope, "existing", { ...common, stack, backupPlanId: "plan-1", backupRoleArn: deploy });
  });
}

const service = (...things: object[]) => stackOf("service", things);
const data = (...things: object[]) => stackOf("data", things);
const recovery = (...things: object[]) => stackOf("recovery", things);
const all = (...things: object[]) => [service(...things), data(...things), recovery(...things)];
const typesOf = (part: TerraformJson["resource"]) => Object.keys(part ?? {}).sort();
const offers = (wanted: Mode) =>
  existingKinds.flatMap((kind) =>
    Object.entries(offered[kind]).flatMap(([hardening, modes]) =>
      modes.includes(wanted) ? [{ kind, hardening }] : [],
    ),
  );

it("an environment that lists nothing gets nothing", () => {
  for (const json of all()) expect(json).toMatchObject({ provider: {} });
  expect(all().flatMap((json) => [json.resource, json.data, json.import])).toEqual(Array(9).fill(undefined));
});

describe("attach", () => {
  const owning = ["aws_api_gateway_rest_api", "aws_api_gateway_stage", "aws_lambda_function", "aws_dynamodb_table"];
  const alsoOwning = ["aws_s3_bucket", "aws_secretsmanager_secret", "aws_cloudwatch_log_group"];

  // A rotation lies beside its function: `secrets/secret-functions.test.ts`.
  const here = offers("attach").filter(({ kind, hardening }) => kind !== "secret" || hardening !== "rotation");

  it.each(here)("of $hardening of a $kind makes a resource, and none that owns the thing", (offer) => {
    const stacks = all(entry(offer.kind, "attach", [offer.hardening]));

    const types = stacks.flatMap(({ resource }) => typesOf(resource));
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => [...owning, ...alsoOwning].includes(type))).toEqual([]);
    expect(stacks.flatMap(({ import: imports, data: read }) => [imports, read])).toEqual(Array(6).fill(undefined));
  });

  it("throttles every method of a stage, and leaves its other settings", () => {
    const harden = [{ with: "throttling", burst: 200, ratePerSecond: 100, replaces: true }];

    expect(only(service(entry("rest-api", "attach", [], { harden })), "aws_api_gateway_method_settings")).toEqual({
      rest_api_id: "a1b2c3d4e5",
      stage_name: "prod",
      method_path: "*/*",
      settings: { throttling_burst_limit: 200, throttling_rate_limit: 100 },
    });
  });

  it("puts the web ACL of the service before a stage", () => {
    expect(only(service(entry("rest-api", "attach", ["web-acl"])), "aws_wafv2_web_acl_association")).toEqual({
      resource_arn: "arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/prod",
      web_acl_arn: webAclArn,
    });
  });

  it("keeps failed calls of a function, and leaves retries to Lambda where none are given", () => {
    const given = { with: "async-failures", destinationArn: queue, replaces: true };
    const settings = (harden: object) =>
      only(service(entry("function", "attach", [], { harden: [harden] })), "aws_lambda_function_event_invoke_config");

    expect(settings(given)).toEqual({
      function_name: "billing",
      destination_config: { on_failure: { destination: queue } },
    });
    expect(settings({ ...given, retries: 0, maximumEventAgeSeconds: 600 })).toEqual({
      function_name: "billing",
      destination_config: { on_failure: { destination: queue } },
      maximum_retry_attempts: 0,
      maximum_event_age_in_seconds: 600,
    });
  });

  it("warms an alias and stops endless loops", () => {
    const json = service(entry("function", "attach", ["provisioned-concurrency", "recursion-guard"]));

    expect(only(json, "aws_lambda_provisioned_concurrency_config")).toEqual({
      function_name: "billing",
      qualifier: "live",
      provisioned_concurrent_executions: 2,
    });
    expect(only(json, "aws_lambda_function_recursion_config")).toEqual({
      function_name: "billing",
      recursive_loop: "Terminate",
    });
  });

  it("scales reads and writes of a table apart", () => {
    const harden = [{ with: "autoscaling", maxReadUnits: 40, minWriteUnits: 2, maxWriteUnits: 20, targetPercent: 60 }];
    const json = data(entry("table", "attach", [], { harden }));

    expect(resources(json, "aws_appautoscaling_target")).toEqual([
      {
        service_namespace: "dynamodb",
        resource_id: "table/invoices",
        scalable_dimension: "dynamodb:table:ReadCapacityUnits",
        min_capacity: 5,
        max_capacity: 40,
      },
      {
        service_namespace: "dynamodb",
        resource_id: "table/invoices",
        scalable_dimension: "dynamodb:table:WriteCapacityUnits",
        min_capacity: 2,
        max_capacity: 20,
      },
    ]);
    expect(
      resources(json, "aws_appautoscaling_policy").map((policy) => policy.target_tracking_scaling_policy_configuration),
    ).toEqual(
      ["DynamoDBReadCapacityUtilization", "DynamoDBWriteCapacityUtilization"].map((metric) => ({
        predefined_metric_specification: { predefined_metric_type: metric },
        target_value: 60,
        scale_out_cooldown: 60,
        scale_in_cooldown: 300,
      })),
    );
  });

  it("copies a table to the DR region, where the copy can neither be deleted nor lost", () => {
    expect(only(data(entry("table", "attach", ["replica"])), "aws_dynamodb_table_replica")).toEqual({
      region: "us-east-2",
      global_table_arn: "arn:aws:dynamodb:us-east-1:111122223333:table/invoices",
      point_in_time_recovery: true,
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("shows the busiest keys of a table", () => {
    const json = data(entry("table", "attach", ["contributor-insights"]));

    expect(only(json, "aws_dynamodb_contributor_insights")).toEqual({ table_name: "invoices" });
  });

  it("backs up all such tables in one selection of the recovery stack", () => {
    const things = [
      entry("table", "attach", ["backup"]),
      entry("table", "attach", ["contributor-insights", "backup"], { name: "orders" }),
      entry("table", "attach", ["contributor-insights"], { name: "carts" }),
    ];

    expect(only(recovery(...things), "aws_backup_selection")).toEqual({
      plan_id: "plan-1",
      name: "existing-tables",
      iam_role_arn: deploy,
      resources: [
        "arn:aws:dynamodb:us-east-1:111122223333:table/invoices",
        "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
      ],
    });
    expect(resources(data(...things), "aws_backup_selection")).toEqual([]);
  });

  it("closes, encrypts and versions a bucket", () => {
    const json = data(entry("bucket", "attach", ["encryption", "public-access-block", "ownership", "versioning"]));

    expect(only(json, "aws_s3_bucket_versioning")).toEqual({
      bucket: "acme-invoices",
      versioning_configuration: { status: "Enabled" },
    });
    expect(only(json, "aws_s3_bucket_server_side_encryption_configuration")).toMatchObject({
      bucket: "acme-invoices",
      rule: [
        {
          apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: key },
          bucket_key_enabled: true,
        },
      ],
    });
    expect(only(json, "aws_s3_bucket_public_access_block")).toMatchObject({
      bucket: "acme-invoices",
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(json, "aws_s3_bucket_ownership_controls")).toMatchObject({
      bucket: "acme-invoices",
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  it("changes a bucket one setting after the other, versioning first", () => {
    const json = data(entry("bucket", "attach", ["lifecycle", "ownership", "versioning"]));
    const waitsFor = (type: string) => only(json, type).depends_on;

    expect(waitsFor("aws_s3_bucket_versioning")).toBeUndefined();
    expect(waitsFor("aws_s3_bucket_lifecycle_configuration")).toEqual([
      expect.stringMatching(/^aws_s3_bucket_versioning\./),
    ]);
    expect(waitsFor("aws_s3_bucket_ownership_controls")).toEqual([
      expect.stringMatching(/^aws_s3_bucket_lifecycle_configuration\./),
    ]);
  });

  it("refuses plain HTTP to a bucket, and lets its old versions go", () => {
    const json = data(entry("bucket", "attach", ["policy", "lifecycle"]));

    expect(policyOf(only(json, "aws_s3_bucket_policy"))).toEqual([
      {
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["s3:*"],
        Resource: ["arn:aws:s3:::acme-invoices", "arn:aws:s3:::acme-invoices/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(only(json, "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
      {
        id: "abort-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
      {
        id: "expire-old-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      },
    ]);
  });

  it("keeps other accounts from a secret, and everybody but break-glass from deleting it", () => {
    const policy = only(data(entry("secret", "attach", ["policy"])), "aws_secretsmanager_secret_policy");

    expect(policy.block_public_policy).toBe(true);
    const statements = policyOf(policy);
    expect(statements.map(({ Sid, Effect }) => `${Effect} ${Sid}`)).toEqual([
      "Deny DenyOtherAccounts",
      "Deny DenyDeletion",
      "Deny DenyPolicyChange",
    ]);
    expect(statements[0]?.Condition).toEqual({
      StringNotEquals: { "aws:PrincipalAccount": "111122223333" },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    });
    expect(statements[1]).toMatchObject({
      Action: ["secretsmanager:DeleteSecret"],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [breakGlass] } },
    });
    expect(statements[2]).toMatchObject({
      Action: ["secretsmanager:DeleteResourcePolicy", "secretsmanager:PutResourcePolicy"],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [breakGlass, deploy] } },
    });
  });
});

const dataSources = ({ data: read }: Json) =>
  Object.values(read ?? {}).flatMap((byId): Attributes[] => Object.values(byId));

const policyOf = ({ policy }: Attributes): Record<string, unknown>[] => JSON.parse(String(policy)).Statement;

describe("adopt", () => {
  const adopted = [
    ["table", "aws_dynamodb_table", "adopted_invoices", "invoices"],
    ["function", "aws_lambda_function", "adopted_billing", "billing"],
    ["log-group", "aws_cloudwatch_log_group", "adopted_aws-lambda-billing-6e651b87", "/aws/lambda/billing"],
  ] as const;

  it.each(adopted)("of a %s imports it to a fixed address and cannot destroy it", (kind, type, address, id) => {
    const stacks = all(entry(kind, "adopt", []));

    expect(stacks.flatMap((json) => json.import ?? [])).toEqual([{ to: `${type}.${address}`, id }]);
    expect(stacks.flatMap(({ resource }) => typesOf(resource))).toEqual([type]);
    const [resource] = stacks.flatMap((json) => resources(json, type));
    expect(resource?.lifecycle).toMatchObject({ prevent_destroy: true });
  });

  it.each(adopted)("of a %s keeps its address when the list is put in another order", (kind, type, address) => {
    const before = [entry("bucket", "attach", ["versioning"]), entry(kind, "adopt", [])];

    const addresses = [before, before.toReversed()].map((things) =>
      all(...things).flatMap(({ resource }) => Object.keys(resource?.[type] ?? {})),
    );

    expect(addresses).toEqual([[address], [address]]);
  });

  it("of a table as it is changes nothing: only its name is set, and all that describes it is ignored", () => {
    const { lifecycle, ...set } = only(data(entry("table", "adopt", [])), "aws_dynamodb_table");

    expect(set).toEqual({ name: "invoices" });
    expect(lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: [
        "attribute",
        "billing_mode",
        "deletion_protection_enabled",
        "global_secondary_index",
        "hash_key",
        "local_secondary_index",
        "on_demand_throughput",
        "point_in_time_recovery",
        "range_key",
        "read_capacity",
        "replica",
        "server_side_encryption",
        "stream_enabled",
        "stream_view_type",
        "table_class",
        "tags",
        "tags_all",
        "ttl",
        "write_capacity",
      ],
    });
  });

  it("of a table sets what is hardened, and that alone is no longer ignored", () => {
    const hardenings = ["point-in-time-recovery", "deletion-protection", "encryption", "time-to-live", "stream"];
    const { lifecycle, ...set } = only(data(entry("table", "adopt", hardenings)), "aws_dynamodb_table");

    expect(set).toEqual({
      name: "invoices",
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      deletion_protection_enabled: true,
      server_side_encryption: { enabled: true, kms_key_arn: key },
      ttl: { enabled: true, attribute_name: "expiresAt" },
      stream_enabled: true,
      stream_view_type: "NEW_AND_OLD_IMAGES",
    });
    expect(lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: [
        "attribute",
        "billing_mode",
        "global_secondary_index",
        "hash_key",
        "local_secondary_index",
        "on_demand_throughput",
        "range_key",
        "read_capacity",
        "replica",
        "table_class",
        "tags",
        "tags_all",
        "write_capacity",
      ],
    });
  });

  it("of a function sets what is hardened and never its code, environment or role", () => {
    const hardenings = ["reserved-concurrency", "timeout", "tracing", "environment-key", "dead-letter-target"];
    const resource = only(service(entry("function", "adopt", hardenings)), "aws_lambda_function");

    expect(resource).toMatchObject({
      function_name: "billing",
      reserved_concurrent_executions: 20,
      timeout: 30,
      tracing_config: { mode: "Active" },
      kms_key_arn: key,
      dead_letter_config: { target_arn: queue },
    });
    const ignored = (resource.lifecycle as { ignore_changes: string[] }).ignore_changes;
    expect(ignored).toEqual(
      expect.arrayContaining(["environment", "filename", "role", "source_code_hash", "tags_all"]),
    );
    expect(ignored).not.toContain("timeout");
    expect(ignored).toHaveLength(25);
  });

  it("of a log group sets its retention and key", () => {
    const json = data(entry("log-group", "adopt", ["retention", "encryption"]));

    expect(only(json, "aws_cloudwatch_log_group")).toEqual({
      name: "/aws/lambda/billing",
      retention_in_days: 90,
      kms_key_id: key,
      lifecycle: { prevent_destroy: true, ignore_changes: ["log_group_class", "skip_destroy", "tags", "tags_all"] },
    });
  });

  it("keeps names apart that Terraform could not", () => {
    const json = data(
      entry("table", "adopt", [], { name: "a.b" }),
      entry("table", "adopt", [], { name: "a-b" }),
      entry("table", "adopt", [], { name: "a_b" }),
    );

    expect(Object.keys(json.resource?.aws_dynamodb_table ?? {}).sort()).toEqual([
      "adopted_a-b",
      "adopted_a-b-2e7336dc",
      "adopted_a_b",
    ]);
  });
});

describe("verify", () => {
  it.each(offers("verify"))("of $hardening of a $kind reads it, and neither makes nor imports anything", (offer) => {
    const stacks = all(entry(offer.kind, "verify", [offer.hardening]));

    expect(stacks.flatMap((json) => [json.resource, json.import])).toEqual(Array(6).fill(undefined));
    expect(stacks.flatMap(dataSources)).toEqual([
      expect.objectContaining({ lifecycle: { postcondition: [expect.anything()] } }),
    ]);
  });

  it.each([
    [
      "table",
      "point-in-time-recovery",
      "try(self.point_in_time_recovery[0].enabled && self.point_in_time_recovery[0].recovery_period_in_days >= 35, false)",
      "The table invoices must have point-in-time recovery over 35 days or more. Change it where it is owned.",
    ],
    [
      "table",
      "deletion-protection",
      "self.deletion_protection_enabled",
      "The table invoices must be protected against deletion. Change it where it is owned.",
    ],
    [
      "table",
      "encryption",
      `try(self.server_side_encryption[0].kms_key_arn == "${key}", false)`,
      `The table invoices must be encrypted with ${key}. Change it where it is owned.`,
    ],
    [
      "table",
      "time-to-live",
      'contains([for ttl in self.ttl : ttl.attribute_name if ttl.enabled], "expiresAt")',
      "The table invoices must expire items by expiresAt. Change it where it is owned.",
    ],
    [
      "table",
      "stream",
      'self.stream_enabled && self.stream_view_type == "NEW_AND_OLD_IMAGES"',
      "The table invoices must have a stream of NEW_AND_OLD_IMAGES. Change it where it is owned.",
    ],
    [
      "function",
      "reserved-concurrency",
      "self.reserved_concurrent_executions == 20",
      "The function billing must reserve 20 concurrent executions. Change it where it is owned.",
    ],
    [
      "function",
      "timeout",
      "self.timeout == 30",
      "The function billing must have a timeout of 30 seconds. Change it where it is owned.",
    ],
    [
      "function",
      "tracing",
      'try(self.tracing_config[0].mode == "Active", false)',
      "The function billing must trace its calls. Change it where it is owned.",
    ],
    [
      "function",
      "environment-key",
      `self.kms_key_arn == "${key}"`,
      `The function billing must encrypt its environment variables with ${key}. Change it where it is owned.`,
    ],
    [
      "function",
      "dead-letter-target",
      `try(self.dead_letter_config[0].target_arn == "${queue}", false)`,
      `The function billing must send failed events to ${queue}. Change it where it is owned.`,
    ],
    [
      "function",
      "vpc",
      "try(length(self.vpc_config[0].subnet_ids) > 0, false)",
      "The function billing must run in a VPC. Change it where it is owned.",
    ],
    [
      "rest-api",
      "resource-policy",
      'self.id == "a1b2c3d4e5" && self.policy != ""',
      "The REST API orders must have a resource policy. Change it where it is owned.",
    ],
    [
      "secret",
      "rotation",
      "try(self.rotation_enabled && self.rotation_rules[0].automatically_after_days > 0 && self.rotation_rules[0].automatically_after_days <= 30, false)",
      "The secret arn:aws:secretsmanager:us-east-1:111122223333:secret:payments/api-key-a1B2c3 must rotate every 30 days or more often. Change it where it is owned.",
    ],
    [
      "log-group",
      "retention",
      "self.retention_in_days == 90",
      "The log group /aws/lambda/billing must keep logs for 90 days. Change it where it is owned.",
    ],
    [
      "log-group",
      "encryption",
      `self.kms_key_id == "${key}"`,
      `The log group /aws/lambda/billing must be encrypted with ${key}. Change it where it is owned.`,
    ],
  ] as const)("of a %s stops the plan without its %s", (kind, hardening, condition, message) => {
    const [read] = all(entry(kind, "verify", [hardening])).flatMap(dataSources);

    expect(read?.lifecycle).toEqual({ postcondition: [{ condition: `\${${condition}}`, error_message: message }] });
  });
});

describe("a hardening that the schema let through by mistake", () => {
  it.each([
    ["service", "rest-api", "attach", "resource-policy"],
    ["service", "rest-api", "adopt", "throttling"],
    ["service", "rest-api", "verify", "throttling"],
    ["service", "function", "attach", "timeout"],
    ["service", "function", "adopt", "vpc"],
    ["service", "function", "verify", "recursion-guard"],
    ["data", "table", "attach", "stream"],
    ["data", "table", "adopt", "billing-mode"],
    ["data", "table", "verify", "autoscaling"],
    ["data", "bucket", "attach", "notifications"],
    ["data", "bucket", "adopt", "versioning"],
    ["data", "bucket", "verify", "versioning"],
    ["data", "secret", "attach", "encryption"],
    ["data", "secret", "adopt", "encryption"],
    ["data", "secret", "verify", "policy"],
    ["data", "log-group", "attach", "subscription"],
    ["data", "log-group", "adopt", "metric-filter"],
    ["data", "log-group", "verify", "metric-filter"],
  ] as const)("never gets lost: in %s, a %s, %s, %s", (stack, kind, mode, hardening) => {
    const thing: ExistingThing = JSON.parse(JSON.stringify(entry(kind, mode, [hardening])));

    expect(() => build(stack, [thing])).toThrow(
      `Mode "${mode}" builds no ${hardening} for a ${kind}; strike it from \`built\` in src/config/ownership.ts.`,
    );
  });
});
