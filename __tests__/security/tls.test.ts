import { readdirSync, readFileSync } from "node:fs";
import { join, resolve as path } from "node:path";
import { lookAt } from "../../src/policy/look";
import { block, blocks, text, valuesByKey } from "../../src/terraform/blocks";
import { type Estate, managedResources, type Resource } from "../../src/terraform/estate";
import { policyStatements } from "../../src/terraform/policy-statements";
import type { Value } from "../../src/terraform/resolve";
import type { Statement } from "../../src/terraform/statement";
import { example, exampleNames } from "../support/examples";

/** CloudFront's policies from `TLSv1.2_2021` on (Amazon CloudFront Developer Guide, "Supported protocols and ciphers"). */
const viewerPolicies = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];
/** API Gateway's policies without TLS 1.0 and 1.1 (its Developer Guide, "Supported security policies"). */
const apiPolicies = [
  "TLS_1_2",
  "SecurityPolicy_TLS12_2018_EDGE",
  "SecurityPolicy_TLS12_PFS_2025_EDGE",
  "SecurityPolicy_TLS13_1_2_2021_06",
  "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_PQ_2025_09",
  "SecurityPolicy_TLS13_1_3_2025_09",
  "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
  "SecurityPolicy_TLS13_2025_EDGE",
];

const twoYearsSeconds = 63_072_000;
const literalOf = (value: Value | undefined) => (value?.kind === "literal" ? value.value : undefined);

function isRefusalOfPlainText({ effect, principals, actions, conditions }: Statement, refused: string): boolean {
  const [condition, ...others] = conditions;
  return (
    effect === "Deny" &&
    principals.some(({ identifiers }) => identifiers.some((id) => literalOf(id) === "*")) &&
    actions.some((action) => literalOf(action) === refused) &&
    others.length === 0 &&
    condition?.operator === "Bool" &&
    condition.key === "aws:SecureTransport" &&
    String(literalOf(condition.values[0])) === "false"
  );
}

/** Buckets, queues or topics that nothing keeps from answering a call without TLS. */
function admitPlainText(estate: Estate, [type, policyType, attribute, refused]: readonly string[]): string[] {
  const look = lookAt(estate);
  return managedResources(estate, type)
    .filter((owner) => {
      const holders: Resource[] = [owner, ...look.linked(owner, policyType ?? "", attribute ?? "")];
      const statements = holders.flatMap((holder) => policyStatements(holder, "policy") ?? []);
      return !statements.some((statement) => isRefusalOfPlainText(statement, refused ?? ""));
    })
    .map(({ address }) => address);
}

describe.each(exampleNames())("in %s", (name) => {
  const { estate } = example(name);
  const distributions = managedResources(estate, "aws_cloudfront_distribution");

  it("browsers speak TLS 1.2 or newer with CloudFront, on every path", () => {
    for (const distribution of distributions) {
      const certificate = block(distribution, "viewer_certificate");
      // With its own certificate, for which nobody configures a domain, CloudFront itself says how old TLS may be.
      const isCloudFrontsOwn = certificate?.attributes.cloudfront_default_certificate === true;
      const policy = isCloudFrontsOwn
        ? viewerPolicies[0]
        : certificate && text(certificate, "minimum_protocol_version");
      expect(viewerPolicies).toContain(policy);
      const behaviors = ["default_cache_behavior", "ordered_cache_behavior"].flatMap((each) =>
        blocks(distribution, each),
      );
      expect(behaviors.map((behavior) => text(behavior, "viewer_protocol_policy"))).toEqual(
        behaviors.map(() => "redirect-to-https"),
      );
    }
  });

  it("browsers stay on HTTPS for two years, preloaded", () => {
    const look = lookAt(estate);
    for (const distribution of distributions) {
      for (const behavior of look.blocks(distribution, "default_cache_behavior")) {
        const headers = look.target(behavior, "response_headers_policy_id");
        const security = headers && block(headers, "security_headers_config");
        expect(security && block(security, "strict_transport_security")?.attributes).toEqual({
          access_control_max_age_sec: twoYearsSeconds,
          include_subdomains: true,
          override: true,
          preload: true,
        });
      }
    }
    expect(distributions).toHaveLength(1);
  });

  it("CloudFront fetches from S3 by signed requests, and from nowhere over plain HTTP", () => {
    for (const origin of distributions.flatMap((each) => blocks(each, "origin"))) {
      expect(block(origin, "custom_origin_config")).toBeUndefined();
      const [control] = managedResources(estate, "aws_cloudfront_origin_access_control");
      expect(lookAt(estate).target(origin, "origin_access_control_id")).toBe(control);
      expect(control && [text(control, "signing_behavior"), text(control, "signing_protocol")]).toEqual([
        "always",
        "sigv4",
      ]);
    }
  });

  it("callers of the API speak TLS 1.2 or newer, and its own domain is the only way in where it has one", () => {
    const domains = managedResources(estate, "aws_api_gateway_domain_name");
    const [api, ...others] = managedResources(estate, "aws_api_gateway_rest_api");

    expect(others).toEqual([]);
    expect(api?.attributes.disable_execute_api_endpoint ?? false).toBe(domains.length > 0);
    for (const domain of domains) expect(apiPolicies).toContain(text(domain, "security_policy"));
  });

  it("the API shows back ends a certificate of its own", () => {
    const look = lookAt(estate);
    const stages = managedResources(estate, "aws_api_gateway_stage");

    expect(stages.map((stage) => look.target(stage, "client_certificate_id")?.type)).toEqual([
      "aws_api_gateway_client_certificate",
    ]);
  });

  it.each([
    ["aws_s3_bucket", "aws_s3_bucket_policy", "bucket", "s3:*"],
    ["aws_sqs_queue", "aws_sqs_queue_policy", "queue_url", "sqs:*"],
    // A topic's policy takes no wildcard.
    ["aws_sns_topic", "aws_sns_topic_policy", "arn", "sns:Publish"],
  ])("every %s refuses calls without TLS", (...owner) => {
    expect(admitPlainText(estate, owner)).toEqual([]);
    expect(managedResources(estate, owner[0]).length).toBeGreaterThan(3);
  });

  it("functions are given no address without TLS, and nothing that stops them from checking certificates", () => {
    const variables = managedResources(estate, "aws_lambda_function").flatMap((lambda) => {
      const environment = block(lambda, "environment");
      return environment ? [...valuesByKey(environment, "variables")] : [];
    });
    const texts = variables.map(([key, value]) => `${key}=${literalOf(value) ?? ""}`);
    // Stand-ins on the developer's own machine, whose hosts the schema bounds.
    const loopback = /=http:\/\/(127\.0\.0\.1|localhost|host\.docker\.internal|\[::1\])[:/]/;

    expect(texts.filter((each) => /http:\/\//.test(each) && !(name === "local" && loopback.test(each)))).toEqual([]);
    expect(texts.filter((each) => /^(NODE_|SSL_|AWS_CA_)/.test(each))).toEqual([]);
    expect(texts.some((each) => each.includes("=https://"))).toBe(name !== "local");
  });
});

describe("the functions' own code", () => {
  const root = path(__dirname, "../../functions");
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const unchecked =
    /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|NODE_EXTRA_CA_CERTS|node:http["']|["']http["']|["'`]http:\/\/|tls:\s*false|sslEnabled|(min|max)Version|secureProtocol/;
  /** The names of the statuses are all that is wanted of that module. */
  const names = 'import { STATUS_CODES } from "node:http";';
  const faults = (text: string) => text.split("\n").filter((line) => unchecked.test(line) && line !== names);

  it("never turns certificate checks off, chooses an old TLS or speaks plain HTTP", () => {
    const found = sources.flatMap((file) => faults(readFileSync(join(root, file), "utf8")).map((line) => [file, line]));

    expect(found).toEqual([]);
    expect(sources.length).toBeGreaterThan(50);
  });

  it.each([
    "new Agent({ rejectUnauthorized: false })",
    'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";',
    'import { request } from "node:http";',
    'fetch("http://api.github.com/meta")',
    'new Agent({ minVersion: "TLSv1" })',
    "new S3Client({ tls: false })",
  ])("would be caught with %s", (line) => {
    expect(faults(`const a = 1;\n${line}\n`)).toEqual([line]);
  });
});
