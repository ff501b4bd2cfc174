import type { JsonObject } from "../../src/terraform/json";
import { type Answer, type Call, compare, firewall, linux, small, smallWith, summed } from "./live-stand-in";

describe("each difference is a finding that says where to change it", () => {
  const linuxRules = linux.Rules as JsonObject[];
  const linuxLabels = linux.AvailableLabels as JsonObject[];
  const named = "AWSManagedRulesLinuxRuleSet (default version, REGIONAL): ";

  it("a group with another capacity", async () => {
    expect(await smallWith({ Capacity: 250 })).toEqual([
      `${named}AWS says 250 WCU, the catalogue 200. Change its wcu in src/waf/catalogue.ts.`,
    ]);
  });

  it("a rule that only AWS has, told once with its label", async () => {
    const rules = [...linuxRules, { Name: "LFI_BODY", Action: { Block: {} } }];
    const labels = [...linuxLabels, { Name: "awswaf:managed:aws:linux-os:LFI_Body" }];

    expect(await smallWith({ Rules: rules, AvailableLabels: labels })).toEqual([
      `${named}AWS has the rule LFI_BODY, which the catalogue has not. Add it in src/waf/catalogue.ts. If it reads bodies, add it to bodyRules in src/waf/api-rules.ts too, or it blocks code under review.`,
    ]);
  });

  it("a rule that AWS has no more", async () => {
    expect(await smallWith({ Rules: linuxRules.slice(0, 2), AvailableLabels: linuxLabels.slice(0, 2) })).toEqual([
      `${named}the catalogue has the rule LFI_HEADER, which AWS has not, so an override of it does nothing. Take it out in src/waf/catalogue.ts.`,
    ]);
  });

  it("a label that is spelled otherwise", async () => {
    const labels = [{ Name: "awswaf:managed:aws:linux-os:LFI_UriPath" }, ...linuxLabels.slice(1)];

    expect(await smallWith({ AvailableLabels: labels })).toEqual([
      `${named}AWS spells a label awswaf:managed:aws:linux-os:LFI_UriPath, the catalogue awswaf:managed:aws:linux-os:LFI_URIPath, and labels are case-sensitive. Change labelExceptions in src/waf/catalogue.ts.`,
    ]);
  });

  it("a label that only one side has", async () => {
    const labels = [{ Name: "awswaf:managed:aws:linux-os:Other" }, ...linuxLabels.slice(1)];

    expect(await smallWith({ AvailableLabels: labels })).toEqual([
      `${named}AWS puts on the label awswaf:managed:aws:linux-os:Other, which the catalogue has not. Change labelExceptions in src/waf/catalogue.ts.`,
      `${named}the catalogue has the label awswaf:managed:aws:linux-os:LFI_URIPath, which AWS never puts on. Change labelExceptions in src/waf/catalogue.ts.`,
    ]);
  });

  it("a rule that does something else", async () => {
    const rules = [{ Name: "LFI_URIPATH", Action: { Count: {} } }, ...linuxRules.slice(1)];

    expect(await smallWith({ Rules: rules })).toEqual([
      `${named}AWS's rule LFI_URIPATH does count, the catalogue says block. Change observedByAws in src/waf/catalogue.ts.`,
    ]);
  });

  it("an empty answer differs in everything", async () => {
    const { findings } = await compare(small(), { capacity: () => ({}), describe: () => ({}) });

    expect(findings).toEqual([
      "small: AWS says no WCU, src/waf/capacity.ts counts 201.",
      expect.stringContaining("small, rule countries: AWS says no WCU, src/waf/capacity.ts counts 1."),
      expect.stringContaining("small, rule linux: AWS says no WCU, src/waf/capacity.ts counts 200."),
      expect.stringContaining("AWS says no WCU, the catalogue 200."),
      expect.stringContaining("the catalogue has the rule LFI_URIPATH"),
      expect.stringContaining("the catalogue has the rule LFI_QUERYSTRING"),
      expect.stringContaining("the catalogue has the rule LFI_HEADER"),
    ]);
  });

  it("another total, with the rule that makes it", async () => {
    const dearer = (call: Call): Answer => {
      const token = call.body.Rules?.some(({ Name }) => Name === "rate-api-token") ? 10 : 0;
      return { Capacity: (summed(call) as { Capacity: number }).Capacity + token };
    };

    expect((await compare(firewall(), { capacity: dearer })).findings).toEqual([
      "acme-api: AWS says 1493 WCU, src/waf/capacity.ts counts 1483.",
      "acme-api, rule rate-api-token: AWS says 44 WCU, src/waf/capacity.ts counts 34. Change its kind of statement there, or the wcu of its group in src/waf/catalogue.ts.",
    ]);
  });

  it("another total that no rule makes alone", async () => {
    const together = (call: Call): Answer => (call.body.Rules?.length === 2 ? { Capacity: 191 } : summed(call));

    expect((await compare(small(), { capacity: together })).findings).toEqual([
      "small: AWS says 191 WCU, src/waf/capacity.ts counts 201. Each rule alone costs what is counted: change how src/waf/capacity.ts adds rules up.",
    ]);
  });
});
