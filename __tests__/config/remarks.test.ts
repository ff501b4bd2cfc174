import production from "../../environments/production";
import { parseEnvironment } from "../../src/config/load";
import { remarks } from "../../src/config/remarks";

const of = (change: object) => remarks(parseEnvironment({ ...production, ...change }, "environments/production.ts"));

it.each(["count", "rate"])("addresses of VPNs and clouds may be left to %s without a remark", (anonymousIp) => {
  expect(of({ waf: { anonymousIp } })).toEqual(of({}));
});

it("a firewall that does not know VPNs and clouds is remarked on, with the public check that will say so, too", () => {
  const [remark, ...others] = of({ waf: { anonymousIp: "off" } }).filter((each) => !of({}).includes(each));

  expect(remark).toContain("waf.anonymousIp is off");
  expect(remark).toContain("CKV2_AWS_77");
  expect(others).toEqual([]);
});

it("functions that reach GitHub's addresses alone leave the identity provider unprobed, and that is remarked on", () => {
  const added = of({ network: { egress: "prefix-lists" } }).filter((each) => !of({}).includes(each));

  expect(added).toEqual([expect.stringContaining("the probe does not ask the identity provider for its keys")]);
});

it("is told in every tier", () => {
  const change = { tier: "staging", waf: { anonymousIp: "off" } };

  expect(of(change)).toEqual([expect.stringContaining("waf.anonymousIp is off")]);
});
