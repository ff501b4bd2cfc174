import type { Environment } from "../../src/config/schema";
import { policyCheck } from "../../src/policy/policy-check";
import { managedResources } from "../../src/terraform/estate";
import { otherwise } from "../support/otherwise";

const file = "environments/production.ts";

/** Production, written otherwise. */
function profile(over: Partial<Environment>) {
  const { config, synthesis } = otherwise(over);
  const { estate } = synthesis;
  return { config, estate, verdict: policyCheck(estate, { config, file, today: "2026-11-24" }) };
}

it("production with a NAT gateway in each zone has no finding that is not accepted", () => {
  const { estate, verdict } = profile({ network: { natGateways: "per-zone" } });

  expect(managedResources(estate, "aws_nat_gateway")).toHaveLength(2);
  expect(verdict.findings).toEqual([]);
});

it("production that reaches GitHub's addresses alone has none, and no longer needs the exception of open 443", () => {
  const { estate, verdict } = profile({ network: { egress: "prefix-lists" } });

  expect(managedResources(estate, "aws_vpc_endpoint")).toHaveLength(4);
  expect(verdict.findings).toEqual([]);
  expect(verdict.suppressed.filter(({ by }) => by.kind === "open-443")).toEqual([]);
});

describe("an account whose analyzers another environment has", () => {
  const account = { accessAnalyzers: "existing" } as const;

  it("gets none, and is found to have none", () => {
    const { estate, verdict } = profile({ account });

    const missing = (what: string) =>
      expect.stringContaining(`EST-02: compliance (provider.aws) is an account without ${what}.`);

    expect(managedResources(estate, "aws_accessanalyzer_analyzer")).toEqual([]);
    expect(verdict.findings).toEqual([
      missing("an analyzer of external access in us-east-1"),
      missing("an analyzer of external access in us-east-2"),
      missing("an analyzer of unused access"),
    ]);
  });

  it("accepts that by a suppression of its own", () => {
    const { verdict } = profile({
      account,
      suppressions: [
        {
          path: "compliance",
          id: "EST-02",
          reason: "The account's analyzers belong to the staging environment, which watches both regions.",
          owner: "platform",
          expires: "2027-11-20",
        },
      ],
    });

    expect(verdict.findings).toEqual([]);
  });
});

it("production with signed code has none either, and no longer needs its exception", () => {
  const { verdict } = profile({ codeSigning: true });

  expect(verdict.findings).toEqual([]);
  expect(verdict.suppressed.filter(({ by }) => by.kind === "code-signing-off")).toEqual([]);
});

describe("a firewall that is being rolled out", () => {
  const { config, estate, verdict } = profile({ waf: { rollout: "count", rolloutEnds: "2026-12-24" } });
  const endingOn = (rolloutEnds: string) =>
    policyCheck(estate, { config: { ...config, waf: { ...config.waf, rolloutEnds } }, file, today: "2026-11-24" });

  it("blocks nothing, which is accepted until its owner's day", () => {
    const [acl] = managedResources(estate, "aws_wafv2_web_acl").filter(({ stack }) => stack.name === "service");

    expect(JSON.stringify(acl?.attributes.rule)).not.toContain('"block"');
    expect(verdict.findings).toEqual([]);
    expect(verdict.accepted).toContain(
      "firewall-rollout: 10 findings of WAF-01, WAF-02; 30 days left: look at it anew before it fails",
    );
  });

  it.each([
    ["2026-12-25", "it expires in 31 days; at most 30 are allowed."],
    ["2026-11-23", "it expired on 2026-11-23; mend what it hides, or look at it anew and set another day."],
  ])("is refused where that day is %s", (rolloutEnds, problem) => {
    expect(endingOn(rolloutEnds).findings).toEqual(
      ["WAF-01", "WAF-02", "CKV_AWS_192"].map(
        (id) => `suppression of ${id} at service/firewall: ${problem} Change it in environments/production.ts.`,
      ),
    );
  });
});
