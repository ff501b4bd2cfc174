import { loadEnvironment } from "../../src/config/load";
import type { Config } from "../../src/config/schema";
import { policyCheck } from "../../src/policy/policy-check";
import { exceptions, suppressionsOf } from "../../src/policy/suppressions/exceptions";
import { covers } from "../../src/policy/suppressions/suppression";
import { managedResources } from "../../src/terraform/estate";
import { changedExample, resourcesOf } from "../support/changed-example";
import { example } from "../support/examples";

const today = "2026-11-24";
const names = ["production", "staging", "brownfield", "local"] as const;
const judged = (name: (typeof names)[number], over: Partial<Config> = {}, estate = example(name).estate) =>
  policyCheck(estate, { config: { ...loadEnvironment(name), ...over }, file: `environments/${name}.ts`, today });

describe.each(names)("the policy over %s", (name) => {
  it("finds nothing that is not accepted", () => {
    expect(judged(name).findings).toEqual([]);
  });

  it("judges something by most of its rules, and says how much", () => {
    const { looked, table } = judged(name);
    const rules = table.slice(1).filter(([id]) => id !== "");

    expect(looked).toMatch(/^80 rules over \d+ resources, \d{4,} judgements; \d+ findings accepted$/);
    expect(rules.filter(([, , count]) => Number(count) > 0).length).toBeGreaterThan(60);
  });
});

it("accepts findings of the platform itself by nine kinds at most", () => {
  const kinds = [...new Set(exceptions.map(({ kind }) => kind)), "firewall-rollout"];

  expect(kinds).toEqual([
    "api-cache-off",
    "open-webhook-methods",
    "access-log-buckets",
    "outside-the-vpc",
    "open-443",
    "short-retention-archived",
    "code-signing-off",
    "cannot-rotate-by-api",
    "firewall-rollout",
  ]);
});

it("has no exception for what no example has", () => {
  const paths = names.flatMap((name) =>
    managedResources(example(name).estate).flatMap(({ constructPath }) => constructPath ?? []),
  );
  const rows = names.flatMap((name) => suppressionsOf(loadEnvironment(name)));

  expect(rows.filter((row) => !paths.some((path) => covers(row, path)))).toEqual([]);
});

describe("a finding", () => {
  const opened = changedExample("production", "network", (json) => {
    resourcesOf(json, "aws_vpc_security_group_ingress_rule").everybody = {
      security_group_id: "${aws_security_group.groups_functions_14D89E2B.id}",
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      description: "TLS from everybody",
      "//": { metadata: { path: "network/everybody" } },
    };
  }).estate;

  it("says where, what, why and what to write", () => {
    expect(judged("production", {}, opened).findings).toContainEqual(
      expect.stringMatching(
        /^NET-01: network\/everybody \(aws_vpc_security_group_ingress_rule\.everybody\) lets .* in from 0\.0\.0\.0\/0\. .+ .+$/,
      ),
    );
  });

  it("is accepted by a row of the environment, which is counted", () => {
    const row = {
      path: "network/everybody",
      id: "NET-01",
      reason: "A demonstration for tests: this rule is open on purpose, for a day.",
      owner: "tests",
      expires: "2026-11-25",
    };

    const { findings, accepted } = judged("production", { suppressions: [row] }, opened);

    expect(findings.filter((finding) => finding.startsWith("NET-01"))).toEqual([]);
    expect(accepted).toContain("environment: 1 finding of NET-01; 1 day left: look at it anew before it fails");
  });
});

it("a suppression that hides nothing any more is a finding", () => {
  const row = {
    path: "data/reviews-table",
    id: "DDB-01",
    reason: "Once this table had no point-in-time recovery, a while ago.",
    owner: "tests",
    expires: "2027-06-30",
  };

  expect(judged("production", { suppressions: [row] }).findings).toEqual([
    "suppression of DDB-01 at data/reviews-table: it hides nothing any more. Take it out of environments/production.ts.",
  ]);
});
