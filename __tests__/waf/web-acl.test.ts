import { IpSets } from "../../src/waf/ip-sets";
import type { WebAclRule } from "../../src/waf/rule";
import { longerThan, path } from "../../src/waf/statements";
import { WebAcl } from "../../src/waf/web-acl";
import { names, only, resources, synthesize } from "../support/synthesize";

const rules: WebAclRule[] = [
  { priority: 0, name: "long-path", statement: longerThan(path, 512), action: { block: "forbidden" } },
];
const acl = (scope: "REGIONAL" | "CLOUDFRONT") =>
  synthesize((stack) => {
    new WebAcl(stack, "acl", { names, noun: "api", scope, rules, rollout: "enforce", logGroupArn: "arn:logs" });
  });
const regional = acl("REGIONAL");

const credentials = [
  "authorization",
  "cookie",
  "x-api-key",
  "x-hub-signature",
  "x-hub-signature-256",
  "x-signature",
  "x-signature-256",
];

describe("a web ACL", () => {
  it("lets pass what no rule stops, and reads 64 KB of a body", () => {
    expect(only(regional, "aws_wafv2_web_acl")).toMatchObject({
      name: "acme-test-api",
      scope: "REGIONAL",
      default_action: { allow: {} },
      association_config: { request_body: [{ api_gateway: { default_size_inspection_limit: "KB_64" } }] },
      rule: [{ name: "long-path", statement: { size_constraint_statement: { size: 512 } } }],
    });
    expect(only(acl("CLOUDFRONT"), "aws_wafv2_web_acl")).not.toHaveProperty("association_config");
  });

  it("answers with problem details, of the status that the rule gives", () => {
    const bodies = only(regional, "aws_wafv2_web_acl").custom_response_body as { key: string; content: string }[];

    expect(bodies.map(({ key, content }) => [key, JSON.parse(content).status])).toEqual([
      ["forbidden", 403],
      ["unauthorized", 401],
      ["method-not-allowed", 405],
      ["too-large", 413],
      ["too-many-requests", 429],
      ["try-again", 503],
    ]);
    for (const { content } of bodies)
      expect(Object.keys(JSON.parse(content))).toEqual(["type", "title", "status", "detail"]);
  });

  it("logs what it blocks and counts and drops the rest", () => {
    expect(only(regional, "aws_wafv2_web_acl_logging_configuration")).toMatchObject({
      log_destination_configs: ["arn:logs"],
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: [
              { action_condition: { action: "BLOCK" } },
              { action_condition: { action: "COUNT" } },
              { action_condition: { action: "EXCLUDED_AS_COUNT" } },
            ],
          },
        ],
      },
    });
  });

  it("keeps credentials out of its logs, its samples and the lists of its rates", () => {
    expect(only(regional, "aws_wafv2_web_acl_logging_configuration").redacted_fields).toEqual(
      credentials.map((name) => ({ single_header: { name } })),
    );
    expect(only(regional, "aws_wafv2_web_acl").data_protection_config).toEqual({
      data_protection: [
        {
          action: "SUBSTITUTION",
          field: { field_type: "SINGLE_HEADER", field_keys: credentials },
          exclude_rate_based_details: false,
          exclude_rule_match_details: false,
        },
      ],
    });
  });
});

describe("address sets", () => {
  const json = synthesize((stack) => {
    new IpSets(stack, "sets", { names, allowedCidrs: ["192.0.2.0/24", "2001:db8::/32"] });
  });
  const set = (name: string) => {
    const found = resources(json, "aws_wafv2_ip_set").find((each) => each.name === `acme-test-${name}`);
    if (found === undefined) throw new Error(`There is no set ${name}.`);
    return found;
  };

  it("are one for each family, so a network of the other is never refused", () => {
    expect(set("allow-v4")).toMatchObject({ ip_address_version: "IPV4", addresses: ["192.0.2.0/24"] });
    expect(set("allow-v6")).toMatchObject({ ip_address_version: "IPV6", addresses: ["2001:db8::/32"] });
    expect(set("github-v4").addresses).toContain("140.82.112.0/20");
    expect(set("github-v6").addresses).toContain("2606:50c0::/32");
  });

  it("that a responder fills by hand are left alone by an apply, and only those", () => {
    expect(["deny-v4", "deny-v6"].map((name) => set(name))).toEqual([
      expect.objectContaining({ addresses: [], lifecycle: { ignore_changes: ["addresses"] } }),
      expect.objectContaining({ addresses: [], lifecycle: { ignore_changes: ["addresses"] } }),
    ]);
    expect(set("allow-v4")).not.toHaveProperty("lifecycle");
  });
});
