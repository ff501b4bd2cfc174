import { WAFV2Client } from "@aws-sdk/client-wafv2";
import type { JsonObject } from "../../src/terraform/json";
import { liveDifferences } from "../../src/waf/live/compare";
import { listen } from "../functions/support/loopback";
import { compare, firewall, linux, small, smallWith } from "./live-stand-in";

describe("where AWS agrees", () => {
  it("the whole firewall has no finding", async () => {
    const { looked, findings, calls } = await compare(firewall());

    expect(findings).toEqual([]);
    expect(looked).toBe("acme-api (REGIONAL, us-east-1) with 20 rules and 6 managed groups");
    expect(calls.map(({ action, region, body }) => `${action} ${region} ${body.Scope} ${body.Name ?? ""}`)).toEqual([
      "CheckCapacity us-east-1 REGIONAL ",
      "DescribeManagedRuleGroup us-east-1 REGIONAL AWSManagedRulesAmazonIpReputationList",
      "DescribeManagedRuleGroup us-east-1 REGIONAL AWSManagedRulesAnonymousIpList",
      "DescribeManagedRuleGroup us-east-1 REGIONAL AWSManagedRulesKnownBadInputsRuleSet",
      "DescribeManagedRuleGroup us-east-1 REGIONAL AWSManagedRulesCommonRuleSet",
      "DescribeManagedRuleGroup us-east-1 REGIONAL AWSManagedRulesSQLiRuleSet",
      "DescribeManagedRuleGroup us-east-1 REGIONAL AWSManagedRulesLinuxRuleSet",
    ]);
  });

  it("the firewall of CloudFront is asked about in us-east-1, a regional one where it is", async () => {
    const { calls } = await compare([...small(), ...small({ scope: "CLOUDFRONT" })]);

    expect(calls.map(({ action, region, body }) => `${action} ${region} ${body.Scope}`)).toEqual([
      "CheckCapacity eu-west-1 REGIONAL",
      "DescribeManagedRuleGroup eu-west-1 REGIONAL",
      "CheckCapacity us-east-1 CLOUDFRONT",
      "DescribeManagedRuleGroup us-east-1 CLOUDFRONT",
    ]);
  });

  it("a pinned version is asked for by its name", async () => {
    const { calls } = await compare(small({}, { version: "Version_2.2" }));

    expect(calls[1]?.body).toEqual({
      VendorName: "AWS",
      Name: "AWSManagedRulesLinuxRuleSet",
      Scope: "REGIONAL",
      VersionName: "Version_2.2",
    });
  });

  it("a release candidate that only counts is no finding", async () => {
    const rules = [...(linux.Rules as JsonObject[]), { Name: "LFI_HEADER_RC_COUNT", Action: { Count: {} } }];
    const labels = [
      ...(linux.AvailableLabels as JsonObject[]),
      { Name: "awswaf:managed:aws:linux-os:LFI_Header_RC_COUNT" },
    ];

    expect(await smallWith({ Rules: rules, AvailableLabels: labels })).toEqual([]);
  });
});

describe("no answer is never agreement", () => {
  it("rules that AWS refuses", async () => {
    const refused = {
      __type: "WAFInvalidParameterException",
      message: "Error reason: The parameter is not valid.",
      Field: "STATEMENT",
      Parameter: "countries",
    };

    expect((await compare(small(), { capacity: () => ({ refused }) })).findings).toEqual([
      "small: AWS refuses it (CheckCapacity in eu-west-1, WAFInvalidParameterException): Error reason: The parameter is not valid, Field STATEMENT, Parameter countries. Change the rule it names in src/waf/api-rules.ts, or its groupVersions in the environment.",
    ]);
  });

  it("a version that AWS has not", async () => {
    const refused = { __type: "WAFNonexistentItemException", message: "There is no such version." };
    const { findings } = await compare(small({}, { version: "Version_9.9" }), { describe: () => ({ refused }) });

    expect(findings).toEqual([
      "AWSManagedRulesLinuxRuleSet (Version_9.9, REGIONAL): AWS refuses it (DescribeManagedRuleGroup in eu-west-1, WAFNonexistentItemException): There is no such version. Change waf.groupVersions in the environment file, or the name in src/waf/catalogue.ts.",
    ]);
  });

  it("rights that the caller lacks", async () => {
    const refused = { __type: "AccessDeniedException", message: "not authorized to perform wafv2:CheckCapacity" };

    await expect(compare(small(), { capacity: () => ({ refused }) })).rejects.toThrow(
      "AWS could not be asked (CheckCapacity in eu-west-1): AccessDeniedException: not authorized to perform wafv2:CheckCapacity. Nothing is known",
    );
  });

  it("an address where nobody answers", async () => {
    const server = await listen(() => ({ status: 200, body: "{}" }));
    await server.close();
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "none" };
    const clientOf = (region: string) => new WAFV2Client({ region, endpoint: server.url, credentials, maxAttempts: 1 });

    await expect(liveDifferences(small(), clientOf)).rejects.toThrow(
      /^AWS could not be asked \(CheckCapacity in eu-west-1\): .*ECONNREFUSED.*Nothing is known/,
    );
  });

  it("credentials that are missing", async () => {
    const credentials = () => Promise.reject(new Error("Could not load credentials from any providers"));
    const clientOf = (region: string) => new WAFV2Client({ region, endpoint: "http://127.0.0.1:9", credentials });

    await expect(liveDifferences(small(), clientOf)).rejects.toThrow(
      "AWS could not be asked (CheckCapacity in eu-west-1): Could not load credentials from any providers. Nothing is known",
    );
  });

  it("an environment without a web ACL, and a group that the catalogue has not", async () => {
    await expect(compare([])).rejects.toThrow("There is no web ACL to compare");
    await expect(compare(small({}, { name: "AWSManagedRulesWindowsRuleSet" }))).rejects.toThrow(
      "the catalogue has no group AWSManagedRulesWindowsRuleSet of AWS",
    );
  });
});
