import { commonVariables, entraVariables, environmentVariables } from "../../functions/shared/environment";
import { loadEnvironment } from "../../src/config/load";
import { type Attributes, only, resources, type TerraformJson } from "../support/synthesize";
import { network, serviceStack, serviceStackOf } from "./synthesized";

const environments = ["production", "staging", "local"] as const;
const nouns = ["webhook", "authorizer", "reviews-api", "reviewer", "probe", "sync-github-ips"] as const;
/** These are judged in `secrets/secret-functions.test.ts`. */
const ofSecrets = ["redeliver-webhooks", "rotate-github-app-hook", "rotation-auditor"];

/** The one resource of a type whose attribute has this value. */
function one(json: TerraformJson, type: string, attribute: string, value: string): Attributes {
  const [found, ...others] = resources(json, type).filter((each) => each[attribute] === value);
  if (found === undefined || others.length > 0) throw new Error(`Expected one ${type} with ${attribute} ${value}.`);
  return found;
}

/** `aws_lambda_alias.live.arn` out of `${aws_lambda_alias.live.arn}`: type, id and attribute. */
const reference = (value: unknown) =>
  String(value)
    .replace(/^\$\{(.*)\}$/, "$1")
    .split(".");

/** Name of the function whose alias `live` an attribute points at. */
function calledAlias(json: TerraformJson, value: unknown): string {
  const [type = "", id = ""] = reference(value);
  const alias = json.resource?.[type]?.[id];
  if (type !== "aws_lambda_alias" || alias?.name !== "live") throw new Error(`${String(value)} is no alias live.`);
  const [, lambda = ""] = reference(alias.function_name);
  return String(json.resource?.aws_lambda_function?.[lambda]?.function_name);
}

describe.each(environments)("the functions of %s", (environment) => {
  const json = serviceStack(environment);
  const lambda = (noun: string) => one(json, "aws_lambda_function", "function_name", `acme-${environment}-${noun}`);

  it("have these sizes and places", () => {
    const placed = nouns.map((noun) => {
      const { timeout, memory_size, reserved_concurrent_executions, vpc_config } = lambda(noun);
      return [noun, timeout, memory_size, reserved_concurrent_executions, vpc_config];
    });
    const subnets = { subnet_ids: ["subnet-a", "subnet-b"] };

    expect(placed).toEqual([
      ["webhook", 10, 512, 275, undefined],
      ["authorizer", 5, 256, 150, undefined],
      ["reviews-api", 29, 512, 150, { ...subnets, security_group_ids: ["sg-functions"] }],
      ["reviewer", 900, 1024, 20, { ...subnets, security_group_ids: ["sg-functions", "sg-egress"] }],
      ["probe", 30, 256, 2, { ...subnets, security_group_ids: ["sg-functions", "sg-egress"] }],
      ["sync-github-ips", 30, 256, 1, undefined],
    ]);
  });

  it.each(nouns)("%s is published, traced, and logs JSON into a group that was there before it", (noun) => {
    const [type, group = ""] = reference((lambda(noun).logging_config as Attributes).log_group);

    expect(lambda(noun)).toMatchObject({
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      publish: true,
      source_code_hash: "c291cmNlIGNvZGUgaGFzaA==",
      kms_key_arn: "key/functions",
      tracing_config: { mode: "Active" },
      logging_config: { log_format: "JSON", application_log_level: "INFO", system_log_level: "INFO" },
    });
    expect(type).toBe("aws_cloudwatch_log_group");
    expect(json.resource?.aws_cloudwatch_log_group?.[group]).toMatchObject({
      name: `/aws/lambda/acme-${environment}-${noun}`,
      retention_in_days: 30,
      kms_key_id: "key/logs",
    });
  });

  it.each(nouns)("%s keeps what fails for good in a queue of its own", (noun) => {
    const [type, queue = ""] = reference((lambda(noun).dead_letter_config as Attributes).target_arn);

    expect(type).toBe("aws_sqs_queue");
    expect(json.resource?.aws_sqs_queue?.[queue]).toMatchObject({
      name: `acme-${environment}-${noun}-dlq`,
      message_retention_seconds: 14 * 24 * 3600,
    });
  });

  it.each(nouns)("%s gets exactly the variables that its code reads", (noun) => {
    const { variables } = lambda(noun).environment as { variables: Record<string, string> };
    const entra = noun === "authorizer" && environment !== "local" ? entraVariables : [];

    expect(Object.keys(variables).sort()).toEqual([...commonVariables, ...environmentVariables[noun], ...entra].sort());
    expect(Object.values(variables)).not.toContain("");
  });

  it("are called through their alias by everyone", () => {
    const callers = [
      ...resources(json, "aws_api_gateway_integration").map(({ uri }) => uri),
      ...resources(json, "aws_api_gateway_authorizer").map(({ authorizer_uri }) => authorizer_uri),
      ...resources(json, "aws_lambda_event_source_mapping").map(({ function_name }) => function_name),
      ...resources(json, "aws_cloudwatch_event_target").map(({ arn }) => arn),
    ];
    const permitted = resources(json, "aws_lambda_permission").map(({ qualifier }) => qualifier);

    expect(new Set(callers.map((caller) => calledAlias(json, caller)))).toEqual(
      new Set([...nouns, "redeliver-webhooks", "rotation-auditor"].map((noun) => `acme-${environment}-${noun}`)),
    );
    expect(callers).toHaveLength(14);
    // Secrets Manager's is the one without.
    expect(permitted.filter((qualifier) => qualifier !== "live")).toEqual([undefined]);
  });

  it("run under a role each, complete before them, which only Lambda in this account may take", () => {
    const roles = nouns.map((noun) => reference(lambda(noun).role)[1] ?? "");

    expect(new Set(roles).size).toBe(6);
    for (const noun of nouns) {
      const [policy = ""] = (lambda(noun).depends_on as string[]).map((address) => address.split(".")[1] ?? "");
      expect(reference(json.resource?.aws_iam_role_policy?.[policy]?.role)[1]).toBe(reference(lambda(noun).role)[1]);
    }
    for (const role of roles) {
      const trust = JSON.parse(String(json.resource?.aws_iam_role?.[role]?.assume_role_policy));
      expect(trust.Statement).toEqual([
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": expect.stringMatching(/^\d{12}$/) } },
        },
      ]);
    }
  });
});

describe("what the values of variables are", () => {
  const variables = (environment: string, noun: string) =>
    (
      one(serviceStack(environment), "aws_lambda_function", "function_name", `acme-${environment}-${noun}`)
        .environment as { variables: Record<string, string> }
    ).variables;

  it("names and ARNs of other stacks, and no secret", () => {
    expect(variables("production", "webhook")).toEqual({
      POWERTOOLS_SERVICE_NAME: "webhook",
      POWERTOOLS_METRICS_NAMESPACE: "ReviewPlatform",
      POWERTOOLS_LOG_LEVEL: "INFO",
      DELIVERIES_TABLE: "acme-production-deliveries",
      ARTIFACTS_BUCKET: "acme-production-artifacts-111122223333",
      QUEUE_URL: "${aws_sqs_queue.reviews.url}",
      GITHUB_WEBHOOK_SECRET_ARN: "secret/github-webhook",
      SPACELIFT_WEBHOOK_SECRET_ARN: "secret/spacelift-webhook",
      PREVIOUS_GRACE_SECONDS: "108000",
      KEY_REFRESH_SECONDS: "300",
      MISS_COOLDOWN_SECONDS: "5",
    });
  });

  it("the tenant's issuer and keys, or the configured ones", () => {
    expect(variables("production", "authorizer")).toMatchObject({
      IDENTITY_KIND: "entra",
      TENANT_ID: "3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11",
      TOKEN_ISSUER: "https://login.microsoftonline.com/3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11/v2.0",
      TOKEN_JWKS_URL: "https://login.microsoftonline.com/3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11/discovery/v2.0/keys",
      TOKEN_AUDIENCE: "b7e5c2a4-8f10-4a62-9c3d-5d2f4e6a8b90",
    });
    expect(variables("local", "authorizer")).toMatchObject({
      IDENTITY_KIND: "oidc",
      TOKEN_ISSUER: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      TOKEN_AUDIENCE: "review-platform",
    });
  });
});

describe("rights", () => {
  const json = serviceStack("production");
  const statements = Object.values(json.data?.aws_iam_policy_document ?? {}).flatMap(
    ({ statement }) => statement as { sid: string; effect: string; actions: string[]; resources: string[] }[],
  );
  const of = (sid: string) => statements.filter((statement) => statement.sid === sid);

  it("name no action by a pattern, and everything only where AWS knows no less", () => {
    expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes("*"))).toEqual([]);
    const onEverything = statements.filter(({ effect, resources }) => effect === "Allow" && resources.includes("*"));
    expect(new Set(onEverything.flatMap(({ actions }) => actions))).toEqual(
      new Set([
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
      ]),
    );
  });

  it("let a function write into its own log group and dead-letter queue only", () => {
    expect(
      of("WriteLogs")
        .flatMap(({ resources }) => resources)
        .sort(),
    ).toEqual(
      [...nouns, ...ofSecrets]
        .sort()
        .map((noun) => `arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/acme-production-${noun}:*`),
    );
    expect(new Set(of("SendDeadLetters").flatMap(({ resources }) => resources)).size).toBe(9);
  });

  it("to make network interfaces belong to Lambda, not to the code, and to functions in the VPC", () => {
    expect(of("CreateInterfaces")).toHaveLength(3);
    expect(of("CreateInterfaces")[0]?.resources).toEqual([
      "arn:aws:ec2:us-east-1:111122223333:network-interface/*",
      "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-a",
      "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-b",
      "arn:aws:ec2:us-east-1:111122223333:security-group/sg-functions",
      "arn:aws:ec2:us-east-1:111122223333:security-group/sg-egress",
    ]);
    expect(of("DenyInterfacesToTheCode").map(({ effect }) => effect)).toEqual(["Deny", "Deny", "Deny"]);
  });
});

describe("the queue of reviews", () => {
  const json = serviceStack("staging");

  it("is emptied twenty messages at once, each reported by itself", () => {
    expect(only(json, "aws_lambda_event_source_mapping")).toMatchObject({
      event_source_arn: "${aws_sqs_queue.reviews.arn}",
      batch_size: 1,
      function_response_types: ["ReportBatchItemFailures"],
      scaling_config: { maximum_concurrency: 20 },
    });
  });

  it("hides a message for six timeouts, and gives it up after five receives", () => {
    const queue = one(json, "aws_sqs_queue", "name", "acme-staging-reviews");

    expect(queue.visibility_timeout_seconds).toBe(5400);
    expect(JSON.parse(String(queue.redrive_policy))).toMatchObject({ maxReceiveCount: 5 });
  });
});

describe("what runs by the clock", () => {
  const json = serviceStack("production");

  it.each([
    ["probe", "rate(1 minute)", 60],
    ["sync-github-ips", "rate(1 hour)", 3600],
  ])("is %s, at %s, and a run that was missed is not made up for", (noun, schedule, seconds) => {
    const rule = one(json, "aws_cloudwatch_event_rule", "name", `acme-production-${noun}`);
    const target = one(
      json,
      "aws_cloudwatch_event_target",
      "rule",
      `\${aws_cloudwatch_event_rule.${noun}-schedule.name}`,
    );
    const name = `\${aws_lambda_function.${noun}.function_name}`;

    expect(rule).toMatchObject({ schedule_expression: schedule });
    expect(calledAlias(json, target.arn)).toBe(`acme-production-${noun}`);
    expect(target).toMatchObject({
      retry_policy: { maximum_event_age_in_seconds: seconds, maximum_retry_attempts: 0 },
      dead_letter_config: { arn: expect.stringMatching(`^.{2}aws_sqs_queue\\.${noun}_dead-letters_\\w+\\.arn}$`) },
    });
    expect(one(json, "aws_lambda_function_event_invoke_config", "function_name", name)).toMatchObject({
      qualifier: "live",
      maximum_event_age_in_seconds: seconds,
      maximum_retry_attempts: 0,
    });
  });

  it("alone has a dead-letter queue that EventBridge may write to, each for its own rules", () => {
    const rule = (noun: string) => `arn:aws:events:us-east-1:111122223333:rule/acme-production-${noun}`;
    const allowed = resources(json, "aws_sqs_queue").flatMap(({ name, policy }) =>
      JSON.parse(String(policy))
        .Statement.filter(({ Effect }: { Effect: string }) => Effect === "Allow")
        .map((statement: object) => ({ name, ...statement })),
    );

    expect(allowed).toEqual(
      [
        { noun: "probe", rules: rule("probe") },
        { noun: "redeliver-webhooks", rules: rule("redeliver-webhooks") },
        { noun: "rotation-auditor", rules: [rule("rotation-auditor-check"), rule("rotation-auditor-rotate")] },
        { noun: "sync-github-ips", rules: rule("sync-github-ips") },
      ].map(({ noun, rules }) =>
        expect.objectContaining({
          name: `acme-production-${noun}-dlq`,
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["sqs:SendMessage"],
          Condition: { ArnEquals: { "aws:SourceArn": rules } },
        }),
      ),
    );
  });
});

describe("the function that keeps GitHub's addresses", () => {
  const json = serviceStack("production");
  const set = (family: string) => one(json, "aws_wafv2_ip_set", "name", `acme-production-github-${family}`);

  it("is told the two sets, and may read and write these two only", () => {
    const lambda = one(json, "aws_lambda_function", "function_name", "acme-production-sync-github-ips");
    const { variables } = lambda.environment as { variables: Record<string, string> };
    const idOf = (variable: string) => reference(variables[variable])[1] ?? "";
    const [statement] = Object.values(json.data?.aws_iam_policy_document ?? {})
      .flatMap((document) => document.statement as { sid: string; actions: string[]; resources: string[] }[])
      .filter(({ sid }) => sid === "KeepTheAddresses");

    expect(variables.GITHUB_API_BASE_URL).toBe("https://api.github.com");
    expect(json.resource?.aws_wafv2_ip_set?.[idOf("GITHUB_IPV4_SET_ID")]).toBe(set("v4"));
    expect(json.resource?.aws_wafv2_ip_set?.[idOf("GITHUB_IPV4_SET_NAME")]).toBe(set("v4"));
    expect(json.resource?.aws_wafv2_ip_set?.[idOf("GITHUB_IPV6_SET_ID")]).toBe(set("v6"));
    expect(json.resource?.aws_wafv2_ip_set?.[idOf("GITHUB_IPV6_SET_NAME")]).toBe(set("v6"));
    expect(statement?.actions).toEqual(["wafv2:GetIPSet", "wafv2:UpdateIPSet"]);
    expect(statement?.resources.map((arn) => json.resource?.aws_wafv2_ip_set?.[reference(arn)[1] ?? ""]?.name)).toEqual(
      ["acme-production-github-v4", "acme-production-github-v6"],
    );
  });

  it("is not undone by the next apply, which knows the addresses of the first day", () => {
    expect(set("v4")).toMatchObject({ lifecycle: { ignore_changes: ["addresses"] } });
    expect(set("v6")).toMatchObject({ lifecycle: { ignore_changes: ["addresses"] } });
  });
});

describe("where functions reach GitHub's addresses alone", () => {
  const config = loadEnvironment("production");
  const listed = { ...config, network: { ...config.network, egress: "prefix-lists" } } as const;
  const variablesOf = (json: TerraformJson, noun: string) =>
    (
      one(json, "aws_lambda_function", "function_name", `acme-production-${noun}`).environment as {
        variables: Record<string, string>;
      }
    ).variables;

  it("that function is told the list, and may read and change it alone", () => {
    const json = serviceStackOf(listed, { ...network, githubPrefixListId: "pl-1" });
    const statements = Object.values(json.data?.aws_iam_policy_document ?? {})
      .flatMap((document) => document.statement as { sid: string; actions: string[]; resources: string[] }[])
      .filter(({ actions }) => actions.some((action) => action.includes("PrefixList")));

    expect(variablesOf(json, "sync-github-ips").GITHUB_PREFIX_LIST_ID).toBe("pl-1");
    expect(statements.map(({ actions, resources }) => ({ actions, resources }))).toEqual([
      {
        actions: ["ec2:GetManagedPrefixListEntries", "ec2:ModifyManagedPrefixList"],
        resources: ["arn:aws:ec2:us-east-1:111122223333:prefix-list/pl-1"],
      },
      { actions: ["ec2:DescribeManagedPrefixLists"], resources: ["*"] },
    ]);
  });

  it("the probe asks all but the identity provider, whose addresses nobody lists", () => {
    const json = serviceStackOf(listed, { ...network, githubPrefixListId: "pl-1" });

    expect(variablesOf(json, "probe").PROBED_TARGETS).toBe("dynamodb,s3,bedrock,egress");
    expect(variablesOf(serviceStack("production"), "probe").PROBED_TARGETS).toBe("dynamodb,s3,bedrock,egress,entra");
  });

  it("elsewhere nothing is said of a list", () => {
    expect(JSON.stringify(serviceStack("production"))).not.toMatch(/PrefixList|PREFIX_LIST/);
  });
});

describe("without that function", () => {
  const config = loadEnvironment("production");
  const json = serviceStackOf({ ...config, waf: { ...config.waf, syncGithubCidrs: false } });

  it("nothing of it is there, and the addresses are those of the environment file at every apply", () => {
    expect(JSON.stringify(json)).not.toContain("sync-github-ips");
    for (const family of ["v4", "v6"]) {
      const set = one(json, "aws_wafv2_ip_set", "name", `acme-production-github-${family}`);
      expect(set).not.toHaveProperty("lifecycle");
      expect(set.addresses).not.toEqual([]);
    }
  });
});

describe("the host of the API", () => {
  const types = ["aws_api_gateway_domain_name", "aws_api_gateway_base_path_mapping"];

  it.each([
    ["production", "api.reviews.example.com", "us-east-1:111122223333"],
    ["staging", "api.staging.reviews.example.com", "eu-central-1:444455556666"],
  ])("of %s is its own, with TLS 1.2, its own region's certificate and no base path", (environment, host, place) => {
    const json = serviceStack(environment);

    expect(only(json, "aws_api_gateway_domain_name")).toEqual({
      domain_name: host,
      regional_certificate_arn: expect.stringContaining(`arn:aws:acm:${place}:certificate/`),
      endpoint_configuration: { types: ["REGIONAL"] },
      security_policy: "TLS_1_2",
    });
    expect(only(json, "aws_api_gateway_base_path_mapping")).toEqual({
      api_id: "${aws_api_gateway_rest_api.api.id}",
      stage_name: "${aws_api_gateway_stage.stage.stage_name}",
      domain_name: "${aws_api_gateway_domain_name.domain.domain_name}",
    });
    expect(only(json, "aws_api_gateway_rest_api").disable_execute_api_endpoint).toBe(true);
  });

  it("tells where its DNS record must lead", () => {
    expect(serviceStack("production").output).toMatchObject({
      "api-dns-target": { value: "${aws_api_gateway_domain_name.domain.regional_domain_name}" },
      "api-dns-zone-id": { value: "${aws_api_gateway_domain_name.domain.regional_zone_id}" },
    });
  });

  it.each(["local", "brownfield"])("of %s is the one that AWS gives, and stays open", (environment) => {
    const json = serviceStack(environment);

    expect(types.flatMap((type) => resources(json, type))).toEqual([]);
    expect(only(json, "aws_api_gateway_rest_api")).not.toHaveProperty("disable_execute_api_endpoint");
  });
});

describe("warm environments", () => {
  it("are kept where they are configured, on the alias", () => {
    expect(only(serviceStack("production"), "aws_lambda_provisioned_concurrency_config")).toMatchObject({
      function_name: "${aws_lambda_function.authorizer.function_name}",
      provisioned_concurrent_executions: 2,
    });
    expect(resources(serviceStack("staging"), "aws_lambda_provisioned_concurrency_config")).toEqual([]);
  });
});

describe("the firewall", () => {
  const rules = (environment: string) => only(serviceStack(environment), "aws_wafv2_web_acl").rule as Attributes[];
  const text = (environment: string) => JSON.stringify(rules(environment));

  it("stands before the stage", () => {
    expect(only(serviceStack("production"), "aws_wafv2_web_acl_association")).toMatchObject({
      resource_arn: "${aws_api_gateway_stage.stage.arn}",
    });
  });

  it("blocks, unless it is being rolled out", () => {
    expect(text("production")).toContain('"block"');
    expect(text("staging")).toContain('"block"');
  });

  it("knows paths as the host in use has them: with the stage at AWS's, without it at the API's own", () => {
    expect(text("production")).toContain('"^/webhooks/(github|spacelift)$"');
    expect(text("staging")).toContain('"^/webhooks/(github|spacelift)$"');
    expect(text("production")).not.toContain("/live/");
    expect(text("local")).toContain('"^/live/webhooks/(github|spacelift)$"');
    expect(text("brownfield")).toContain('"^/live/webhooks/(github|spacelift)$"');
  });

  it("limits by the configured rates", () => {
    const limits = rules("production").flatMap(({ name, statement }) => {
      const rate = (statement as Record<string, Attributes>).rate_based_statement;
      return rate ? [`${name} ${rate.limit} in ${rate.evaluation_window_sec} s`] : [];
    });
    expect(limits).toEqual([
      "rate-ip-global 2000 in 300 s",
      "rate-ip-writes 500 in 300 s",
      "rate-webhooks 15000 in 300 s",
      "rate-api-token 3000 in 300 s",
    ]);
  });

  it("keeps its log for 90 days under the key of the logs", () => {
    expect(
      one(serviceStack("production"), "aws_cloudwatch_log_group", "name", "aws-waf-logs-acme-production-api"),
    ).toMatchObject({ retention_in_days: 90, kms_key_id: "key/logs" });
  });
});
