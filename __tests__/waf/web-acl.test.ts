import { block, blocks, text, texts } from "../../src/terraform/blocks";
import { managedResources, type Resource } from "../../src/terraform/estate";
import { IpSets } from "../../src/waf/ip-sets";
import type { WebAclRule } from "../../src/waf/rule";
import { equals, longerThan, method, not, path } from "../../src/waf/statements";
import { WebAcl } from "../../src/waf/web-acl";
import { example, exampleNames } from "../support/examples";
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
    new IpSets(stack, "sets", {
      names,
      cidrs: {
        deny: [],
        allow: ["192.0.2.0/24", "2001:db8::/32"],
        github: ["140.82.112.0/20", "2606:50c0::/32"],
      },
      filledByOthers: ["deny", "github"],
    });
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

  it("that a responder or a function fills are left alone by an apply, and only those", () => {
    for (const name of ["deny-v4", "deny-v6", "github-v4", "github-v6"]) {
      expect(set(name).lifecycle).toEqual({ ignore_changes: ["addresses"] });
    }
    expect(set("deny-v4").addresses).toEqual([]);
    expect(set("allow-v4")).not.toHaveProperty("lifecycle");
  });
});

describe("a web ACL that AWS would refuse, or charge more for", () => {
  const common = "AWSManagedRulesCommonRuleSet";
  const build = (rules: readonly WebAclRule[]) => () =>
    synthesize((stack) => {
      new WebAcl(stack, "acl", {
        names,
        noun: "api",
        scope: "REGIONAL",
        rules,
        rollout: "enforce",
        logGroupArn: "arn:logs",
      });
    });

  it("is refused at synthesis with the capacity given and allowed, and the place to change it", () => {
    const rules = [1, 2, 3].map(
      (priority) => ({ priority, name: `aws-${priority}`, group: common, count: [] }) as const,
    );

    expect(build(rules)).toThrow(
      "acme-test-api uses 2100 capacity units, and more cost extra for every request; at most 1500 are allowed. Change the rules in src/waf/api-rules.ts, or waf.* in the environment file.",
    );
    expect(build(rules.slice(1))).not.toThrow();
  });

  it("is refused for a depth that got past the compiler", () => {
    const deep = {
      terraform: not(not(not(not(equals(method, "POST") as never) as never) as never) as never).terraform,
    };

    expect(build([{ priority: 1, name: "deep", statement: deep, action: "count" }])).toThrow(
      "rule deep nests 4 levels of and, or and not; at most 3 are allowed.",
    );
  });
});

describe.each(exampleNames())("every web ACL of %s", (environment) => {
  const { estate } = example(environment);
  const acls = managedResources(estate, "aws_wafv2_web_acl");
  const logged = managedResources(estate, "aws_wafv2_web_acl_logging_configuration");

  it("logs what it blocks and counts to a group that AWS WAF takes, without a credential", () => {
    const groups = managedResources(estate, "aws_cloudwatch_log_group").map(({ attributes }) =>
      String(attributes.name),
    );

    expect(logged).toHaveLength(2);
    expect(groups.filter((name) => name.startsWith("aws-waf-logs-"))).toHaveLength(2);
    for (const each of logged) {
      const filter = block(each, "logging_filter");
      const redacted = blocks(each, "redacted_fields").flatMap((field) =>
        blocks(field, "single_header").map((header) => text(header, "name")),
      );
      expect(filter && text(filter, "default_behavior")).toBe("DROP");
      expect(redacted).toEqual(protectedHeaders(acls[0]));
      expect(redacted).toContain("authorization");
    }
  });

  it("keeps the header that a rate tells senders apart by out of its reports", () => {
    for (const acl of acls) {
      const keys = JSON.stringify(acl.attributes.rule).match(/(?<="custom_key":\[\{"header":\{"name":")[^"]+/g) ?? [];
      expect(protectedHeaders(acl)).toEqual(expect.arrayContaining(keys));
    }
  });
});

function protectedHeaders(acl: Resource | undefined): string[] {
  const config = acl && block(acl, "data_protection_config");
  return config
    ? blocks(config, "data_protection").flatMap((each) =>
        blocks(each, "field").flatMap((field) => texts(field, "field_keys")),
      )
    : [];
}
