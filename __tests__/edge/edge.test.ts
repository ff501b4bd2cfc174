import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { Distribution, type DistributionProps } from "../../src/edge/distribution";
import { originStatements } from "../../src/edge/origin-policy";
import { contentSecurityPolicy } from "../../src/edge/security-headers";
import { uiRules } from "../../src/edge/ui-rules";
import { EdgeStack } from "../../src/stacks/edge-stack";
import { estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import { ruleCapacities } from "../../src/waf/capacity";
import { only, resources, synthesize, type TerraformJson } from "../support/synthesize";

function edge(environment: string): TerraformJson {
  const app = new App({ stackTraces: false, skipValidation: true });
  return JSON.parse(Testing.synth(new EdgeStack(app, loadEnvironment(environment))));
}

describe.each([
  ["production", "us-east-1", "us-east-2", "111122223333", "api.reviews.example.com"],
  ["staging", "eu-central-1", "eu-west-1", "444455556666", "api.staging.reviews.example.com"],
])("the edge of %s", (name, home, dr, account, apiHost) => {
  const json = edge(name);
  const distribution = only(json, "aws_cloudfront_distribution");
  const bucket = `acme-${name}-ui-${account}`;
  const replica = `acme-${name}-ui-dr-${account}`;

  test("serves the UI's buckets over HTTPS, reading only, and signs what it asks them", () => {
    const signed = {
      origin_access_control_id: expect.stringMatching(/^\$\{aws_cloudfront_origin_access_control\./),
    };

    expect(distribution).toMatchObject({
      enabled: true,
      default_root_object: "index.html",
      origin: [
        { ...signed, origin_id: "ui", domain_name: `${bucket}.s3.${home}.amazonaws.com` },
        { ...signed, origin_id: "ui-dr", domain_name: `${replica}.s3.${dr}.amazonaws.com` },
      ],
      default_cache_behavior: { viewer_protocol_policy: "redirect-to-https", allowed_methods: ["GET", "HEAD"] },
    });
    expect(only(json, "aws_cloudfront_origin_access_control")).toMatchObject({
      origin_access_control_origin_type: "s3",
      signing_behavior: "always",
      signing_protocol: "sigv4",
    });
  });

  test("asks the replica what the bucket fails to answer within seconds, but not for pages that are not there", () => {
    expect(distribution).toMatchObject({
      origin: [
        { connection_attempts: 2, connection_timeout: 3 },
        { connection_attempts: 2, connection_timeout: 3 },
      ],
      origin_group: [
        {
          origin_id: "ui-or-replica",
          member: [{ origin_id: "ui" }, { origin_id: "ui-dr" }],
          failover_criteria: { status_codes: [500, 502, 503, 504] },
        },
      ],
      default_cache_behavior: { target_origin_id: "ui-or-replica" },
    });
  });

  test.each([
    ["bucket", bucket, home],
    ["replica", replica, dr],
  ])("is the one distribution that the UI's %s lets read, over TLS", (_, bucket, region) => {
    const policies = resources(json, "aws_s3_bucket_policy").filter((policy) => policy.bucket === bucket);

    expect(policies).toHaveLength(1);
    expect(policies[0]).toMatchObject({ region });
    expect(JSON.parse(String(policies[0]?.policy)).Statement).toEqual([
      {
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["s3:*"],
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "ReadByDistribution",
        Effect: "Allow",
        Principal: { Service: ["cloudfront.amazonaws.com"] },
        Action: ["s3:GetObject"],
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { StringEquals: { "aws:SourceArn": "${aws_cloudfront_distribution.distribution.arn}" } },
      },
    ]);
  });

  test("turns sanctioned countries away and stands behind its firewall", () => {
    expect(distribution).toMatchObject({
      restrictions: { geo_restriction: { restriction_type: "blacklist", locations: ["KP", "IR", "SY", "CU"] } },
      web_acl_id: "${aws_wafv2_web_acl.firewall.arn}",
    });
  });

  test("sends HSTS for two years, with subdomains and preload, and a policy that the origin cannot weaken", () => {
    const headers = only(json, "aws_cloudfront_response_headers_policy").security_headers_config;

    expect(distribution).toMatchObject({
      default_cache_behavior: { response_headers_policy_id: "${aws_cloudfront_response_headers_policy.headers.id}" },
    });
    expect(headers).toEqual({
      strict_transport_security: {
        access_control_max_age_sec: 63_072_000,
        include_subdomains: true,
        preload: true,
        override: true,
      },
      content_security_policy: {
        content_security_policy: `default-src 'self'; connect-src 'self' https://login.microsoftonline.com https://${apiHost}; frame-src https://login.microsoftonline.com; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests`,
        override: true,
      },
      content_type_options: { override: true },
      frame_options: { frame_option: "DENY", override: true },
      referrer_policy: { referrer_policy: "strict-origin-when-cross-origin", override: true },
      xss_protection: { protection: false, override: true },
    });
  });

  test("logs to a bucket that takes CloudFront's ACL, before the distribution asks for it", () => {
    expect(distribution).toMatchObject({
      logging_config: { bucket: "${aws_s3_bucket.logs.bucket_domain_name}", prefix: "ui/", include_cookies: false },
      depends_on: [expect.stringMatching(/^aws_s3_bucket_ownership_controls\.logs_/)],
    });
    expect(only(json, "aws_s3_bucket")).toEqual({
      bucket: `acme-${name}-edge-logs-${account}`,
      region: "us-east-1",
      lifecycle: { prevent_destroy: true },
    });
    expect(only(json, "aws_s3_bucket_ownership_controls").rule).toEqual({ object_ownership: "BucketOwnerPreferred" });
    expect(only(json, "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(json, "aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      { status: "Enabled", abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
      {
        status: "Enabled",
        expiration: [{ days: 400 }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      },
    ]);
  });

  test("has a firewall of four rules that blocks, whatever the roll-out of the API's", () => {
    const { scope, rule } = only(json, "aws_wafv2_web_acl");

    expect(scope).toBe("CLOUDFRONT");
    expect(rule).toMatchObject([
      {
        priority: 0,
        name: "rate-ip",
        action: { block: { custom_response: { response_code: 429 } } },
        statement: { rate_based_statement: { limit: 2000, evaluation_window_sec: 300, aggregate_key_type: "IP" } },
      },
      { priority: 10, override_action: { none: {} }, statement: group("AWSManagedRulesAmazonIpReputationList") },
      {
        priority: 15,
        override_action: { none: {} },
        statement: group("AWSManagedRulesAnonymousIpList", [
          { name: "AnonymousIPList", action_to_use: { count: {} } },
          { name: "HostingProviderIPList", action_to_use: { count: {} } },
        ]),
      },
      { priority: 20, override_action: { none: {} }, statement: group("AWSManagedRulesKnownBadInputsRuleSet") },
    ]);
  });

  test("logs what the firewall blocks and counts, in its own region, encrypted, without credentials", () => {
    const { log_destination_configs, redacted_fields } = only(json, "aws_wafv2_web_acl_logging_configuration");

    expect(log_destination_configs).toEqual(["${aws_cloudwatch_log_group.firewall-logs.arn}"]);
    expect(redacted_fields).toEqual(
      expect.arrayContaining([{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }]),
    );
    expect(only(json, "aws_cloudwatch_log_group")).toEqual({
      name: `aws-waf-logs-acme-${name}-ui`,
      region: "us-east-1",
      retention_in_days: 90,
      kms_key_id: "${aws_kms_key.logs-key.arn}",
      lifecycle: { prevent_destroy: true },
    });
    expect(only(json, "aws_kms_key").policy).toContain(
      `"ArnLike":{"kms:EncryptionContext:aws:logs:arn":["arn:aws:logs:us-east-1:${account}:log-group:aws-waf-logs-acme-${name}-ui"]}`,
    );
  });
});

const group = (name: string, overrides?: readonly unknown[]) => ({
  managed_rule_group_statement: {
    name,
    vendor_name: "AWS",
    ...(overrides ? { rule_action_override: overrides } : {}),
  },
});

describe("TLS towards people", () => {
  const distribution = (props: Pick<DistributionProps, "domain">) =>
    only(
      synthesize((stack) => {
        new Distribution(stack, "distribution", {
          name: "acme-test-ui",
          originBucket: { name: "acme-test-ui", region: "us-east-1" },
          replicaBucket: { name: "acme-test-ui-dr", region: "us-east-2" },
          blockedCountries: ["KP"],
          webAclArn: "arn:acl",
          responseHeadersPolicyId: "headers",
          logBucketDomainName: "logs.s3.amazonaws.com",
          dependsOn: [],
          ...props,
        });
      }),
      "aws_cloudfront_distribution",
    );
  const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0f5b1c1e-7d0a-4a53-9f0e-3f1f6d3a9c21";

  test("begins at 1.2, under the environment's own name and certificate", () => {
    const expected = {
      aliases: ["reviews.example.com"],
      viewer_certificate: {
        acm_certificate_arn: certificateArn,
        ssl_support_method: "sni-only",
        minimum_protocol_version: "TLSv1.2_2021",
      },
    };

    expect(distribution({ domain: { name: "reviews.example.com", certificateArn } })).toMatchObject(expected);
    expect(only(edge("production"), "aws_cloudfront_distribution")).toMatchObject(expected);
  });

  test("is CloudFront's own where the environment names no domain", () => {
    const json = distribution({});

    expect(json.viewer_certificate).toEqual({ cloudfront_default_certificate: true });
    expect(json).not.toHaveProperty("aliases");
  });
});

test("the firewall costs 277 capacity units: no surcharge", () => {
  const rows = ruleCapacities(onlyAcl(JSON.parse(JSON.stringify(edge("production")))));

  expect(rows.map(({ name, capacityUnits }) => [name, capacityUnits])).toEqual([
    ["rate-ip", 2],
    ["aws-ip-reputation", 25],
    ["aws-anonymous-ip", 50],
    ["aws-known-bad-inputs", 200],
  ]);
});

function onlyAcl(json: Parameters<typeof stackFacts>[1]) {
  const [acl] = managedResources(estateOf([stackFacts("edge", json)]), "aws_wafv2_web_acl");
  if (!acl) throw new Error("The edge stack has no web ACL.");
  return acl;
}

test("the limit of the environment is the limit of the rule, for the window it is counted in", () => {
  const [rate] = uiRules({ ratePerIp: 500, rateWindowSeconds: 60 });

  expect(rate).toEqual({
    priority: 0,
    name: "rate-ip",
    statement: { limit: 500, windowSeconds: 60, key: "IP" },
    action: { block: "too-many-requests", retryAfterSeconds: 60 },
  });
});

test("a distribution may read objects of its bucket, and neither list nor write them", () => {
  const allowed = originStatements("arn:aws:s3:::ui", "arn:distribution").filter(({ Effect }) => Effect === "Allow");

  expect(allowed.map(({ Action, Resource }) => [Action, Resource])).toEqual([[["s3:GetObject"], "arn:aws:s3:::ui/*"]]);
});

test("CloudFront's logs are refused over plain HTTP and encrypted", () => {
  const json = edge("production");
  const [policy] = resources(json, "aws_s3_bucket_policy").filter(
    ({ bucket }) => !/^acme-production-ui(-dr)?-111122223333$/.test(String(bucket)),
  );

  expect(JSON.parse(String(policy?.policy)).Statement).toMatchObject([
    { Effect: "Deny", Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": "false" } } },
  ]);
  expect(only(json, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
  ]);
});

test("a page that frames nobody says so", () => {
  expect(contentSecurityPolicy({ connectSources: [], frameSources: [] })).toContain(
    "connect-src 'self'; frame-src 'none'; ",
  );
});

test("with an issuer of one's own, pages may call that issuer and frame it, and an API at AWS's host in that region", () => {
  expect(JSON.stringify(only(edge("local"), "aws_cloudfront_response_headers_policy"))).toMatch(
    /connect-src 'self' (http:\/\/127\.0\.0\.1:\d+) https:\/\/\*\.execute-api\.us-east-1\.amazonaws\.com; frame-src \1;/,
  );
});
