import * as defaults from "../../src/config/defaults";
import { managedResources } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { fuzz } from "../../src/waf/fuzz/fuzz";
import { withSenders } from "../../src/waf/fuzz/senders";
import { randomSeries } from "../../src/waf/fuzz/series";
import { readAcl } from "../../src/waf/read-acl";
import { example } from "../support/examples";

const seed = 20_260_101;
const [resource, ...others] = managedResources(withSenders(example("production").estate), "aws_wafv2_web_acl").filter(
  ({ attributes }) => attributes.scope === "REGIONAL",
);
if (!resource || others.length > 0) throw new Error("production must have one regional web ACL");
const { attributes, ...rest } = resource;

/** Production's firewall with its limits divided by 50, so that few requests go over them. */
const lowered: JsonObject = JSON.parse(JSON.stringify(attributes), (key, value) =>
  key === "limit" ? value / 50 : value,
);

const target = (json: JsonObject) => ({
  acl: readAcl({ ...rest, attributes: json }),
  pathPrefix: "",
  blockedCountries: defaults.waf.blockedCountries,
});

/** The firewall with one rule rewritten, or taken out. */
const changed = (name: string, rewrite: (rule: JsonObject) => JsonObject | undefined) =>
  target({
    ...lowered,
    rule: (lowered.rule as JsonObject[]).flatMap((rule) => (rule.name === name ? (rewrite(rule) ?? []) : rule)),
  });

describe("ten thousand random requests to the firewall of production", () => {
  const report = fuzz(target(lowered), { requests: 10_000, seed });

  it("break no promise", () => {
    expect(report.problems).toEqual([]);
  });

  it("come to every rule: each decides or counts, and not a few only", () => {
    const { histogram } = report;
    process.stdout.write(
      `${histogram.map(({ rule, decided, counted }) => `${rule} ${decided}/${counted}`).join(", ")}\n`,
    );

    expect(histogram.map(({ rule }) => rule)).toEqual([
      "ip-deny",
      "ip-allow-label",
      "geo-block",
      "require-user-agent",
      "webhook-method",
      "webhook-signature-shape",
      "webhook-github-source",
      "api-token-shape",
      "rate-ip-global",
      "rate-ip-writes",
      "rate-webhooks",
      "rate-api-token",
      "aws-ip-reputation",
      "aws-anonymous-ip",
      "aws-known-bad-inputs",
      "aws-common",
      "aws-sqli",
      "aws-linux",
      "reblock-body-signatures",
      "reblock-body-size",
    ]);
    expect(histogram.filter(({ decided, counted }) => decided + counted < 10)).toEqual([]);
    expect(histogram.filter(({ rule, decided }) => rule.startsWith("reblock") && decided < 100)).toEqual([]);
  });

  it("come to the last rules with a label in every fourth case, and pass in every second", () => {
    expect(report.reachedLast).toBeGreaterThan(2500);
    expect(report.passed).toBeGreaterThan(5000);
  });

  it("are the same for the same seed and others for another", () => {
    const first = (number: number) => {
      const series = randomSeries(target(lowered), number);
      return Array.from({ length: 500 }, () => series.next().value);
    };

    expect(first(seed)).toEqual(first(seed));
    expect(first(seed)).not.toEqual(first(seed + 1));
  });

  it("come from so few senders and tokens that what the rates remember stays small", () => {
    const series = randomSeries(target(lowered), seed);
    const sent = Array.from({ length: 10_000 }, () => series.next().value.request);
    const addresses = new Set(sent.map(({ sourceIp }) => sourceIp));

    expect(addresses.size).toBeGreaterThan(300);
    expect(addresses.size).toBeLessThanOrEqual(372);
  });
});

describe("the same requests tell", () => {
  const removed = () => undefined;
  const counting = (rule: JsonObject) => ({ ...rule, override_action: { count: {} } });
  const everywhere = ({ statement, ...rule }: JsonObject) => {
    const [labels = null] = (statement as { and_statement: { statement: JsonObject[] } }).and_statement.statement;
    return { ...rule, statement: labels };
  };

  it.each<[what: string, rule: string, rewrite: (rule: JsonObject) => JsonObject | undefined, promise: string]>([
    ["no denied addresses", "ip-deny", removed, "a denied address is refused"],
    [
      "no blocked countries",
      "geo-block",
      removed,
      "a blocked country is refused, but for webhooks and trusted addresses",
    ],
    ["no user agent asked for", "require-user-agent", removed, "a request without a user agent is refused"],
    ["any method on webhooks", "webhook-method", removed, "a webhook takes POST only"],
    ["no signature asked for", "webhook-signature-shape", removed, "an unsigned delivery is refused"],
    ["no token asked for", "api-token-shape", removed, "a call without a token is refused, but for OPTIONS"],
    ["unsigned tokens", "api-token-shape", removed, "a token that says it is unsigned is refused"],
    ["rule 200 taken out", "reblock-body-signatures", removed, "an attack in a body is refused where no code comes in"],
    ["rule 210 taken out", "reblock-body-size", removed, "a long body is refused where no code comes in"],
    ["a group that only counts", "aws-sqli", counting, "an attack anywhere else is refused"],
    [
      "no exception for code",
      "reblock-body-signatures",
      everywhere,
      "a signed delivery is lost to nothing but its own rate",
    ],
  ])("%s", (_what, rule, rewrite, promise) => {
    const { problems } = fuzz(changed(rule, rewrite), { requests: 3000, seed });

    expect(problems).toContainEqual(
      expect.stringMatching(new RegExp(`^Broken \\d+ times: ${promise}\\. First by \\{`)),
    );
  });

  it("a request that cannot be decided", () => {
    const unreadable = (rule: JsonObject) => ({
      ...rule,
      statement: {
        size_constraint_statement: {
          ...{ field_to_match: { query_string: {} }, comparison_operator: "GE", size: 0 },
          text_transformation: [{ priority: 0, type: "NONE" }],
        },
      },
    });

    expect(fuzz(changed("ip-deny", unreadable), { requests: 100, seed }).problems[0]).toMatch(
      /^Broken \d+ times: every request is decided \(.*an empty query is one that is missing/,
    );
  });

  it("a rule that was not put to the test, and too few that come to the last rules", () => {
    const { problems } = fuzz(target(lowered), { requests: 2, seed });

    expect(problems).toContain("rate-webhooks has decided and counted nothing in 2 requests. Send more.");
    expect(fuzz(changed("aws-common", removed), { requests: 2, seed }).problems.at(-1)).toMatch(
      /^Only \d of 2 requests/,
    );
  });
});
