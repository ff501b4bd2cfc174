import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { firewallEstate } from "../../src/cli/waf/firewall-alone";
import { estateOf, managedResources, type Resource, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { type ManagedGroup, managedGroups, spelledLabel } from "../../src/waf/catalogue";
import { liveDifferences } from "../../src/waf/live/compare";
import { listen } from "../functions/support/loopback";
import vectors from "../vectors/waf-acl.json";
import { group, rule } from "./acl";

export interface Call {
  readonly action: string;
  /** Of the signature. */
  readonly region: string;
  readonly body: { Scope: string; Name?: string; VersionName?: string; Rules?: { Name: string }[] };
}

export type Answer = JsonObject | { readonly refused: JsonObject };

/** What AWS says of the group, had it read the catalogue. */
function described(name: ManagedGroup): JsonObject {
  const { wcu, labelPrefix, rules } = managedGroups[name];
  return {
    Capacity: wcu,
    LabelNamespace: `awswaf:managed:aws:${labelPrefix}:`,
    Rules: rules.map((each) => ({
      Name: each,
      Action: each === "AWSManagedIPDDoSList" ? { Count: {} } : { Block: {} },
    })),
    AvailableLabels: rules.map((each) => ({ Name: spelledLabel(name, each) })),
  };
}

export const linux: JsonObject = {
  VersionName: "Version_2.2",
  Capacity: 200,
  LabelNamespace: "awswaf:managed:aws:linux-os:",
  Rules: [
    { Name: "LFI_URIPATH", Action: { Block: {} } },
    { Name: "LFI_QUERYSTRING", Action: { Block: {} } },
    { Name: "LFI_HEADER", Action: { Block: {} } },
  ],
  AvailableLabels: [
    { Name: "awswaf:managed:aws:linux-os:LFI_URIPath" },
    { Name: "awswaf:managed:aws:linux-os:LFI_QueryString" },
    { Name: "awswaf:managed:aws:linux-os:LFI_Header" },
  ],
};

/** Units of the rules by name: those of the shared vector, and of the small ACL below. */
const units = new Map<string, number>([
  ...vectors.cases.map(({ name, wcu }): [string, number] => [name, wcu]),
  ["countries", 1],
  ["linux", 200],
]);
export const summed = ({ body }: Call): Answer => ({
  Capacity: (body.Rules ?? []).reduce((sum, { Name }) => sum + (units.get(Name) ?? Number.NaN), 0),
});

/** Compares with a server that speaks as AWS WAF does: JSON 1.1, the operation in a header, refusals with a type. */
export async function compare(
  acls: readonly Resource[],
  { capacity = summed, describe = ({ body }: Call): Answer => described(body.Name as ManagedGroup) } = {},
) {
  const calls: Call[] = [];
  const server = await listen(({ method, path, headers, body }) => {
    const [, action = ""] = /^AWSWAF_20190729\.(\w+)$/.exec(headers["x-amz-target"] ?? "") ?? [];
    const [, region = ""] = /Credential=[^/]+\/\d{8}\/([^/]+)\/wafv2\//.exec(headers.authorization ?? "") ?? [];
    if (`${method} ${path} ${headers["content-type"]}` !== "POST / application/x-amz-json-1.1") {
      return { status: 400, body: JSON.stringify({ __type: "UnknownOperationException" }) };
    }
    const call: Call = { action, region, body: JSON.parse(String(body)) };
    calls.push(call);
    const answer = action === "CheckCapacity" ? capacity(call) : describe(call);
    const refused = "refused" in answer ? answer.refused : undefined;
    return { status: refused ? 400 : 200, body: JSON.stringify(refused ?? answer) };
  });
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "none" };
  const clientOf = (region: string) => new WAFV2Client({ region, endpoint: server.url, credentials });
  try {
    return { ...(await liveDifferences(acls, clientOf)), calls };
  } finally {
    await server.close();
  }
}

export const firewall = () =>
  managedResources(
    firewallEstate({
      accountId: "111122223333",
      webAclName: "acme-api",
      rollout: "enforce",
      githubSource: "count",
      anonymousIp: "count",
      blockedCountries: ["KP"],
      allowedCidrs: [],
      githubCidrs: [],
    }),
    "aws_wafv2_web_acl",
  );

/** A country rule and the Linux group: 201 WCU. */
export function small(more: JsonObject = {}, version: JsonObject = {}, statement: JsonObject = countries): Resource[] {
  const named = (name: string) => ({
    visibility_config: { cloudwatch_metrics_enabled: true, metric_name: name, sampled_requests_enabled: true },
  });
  const linuxGroup = group("linux", 1, "AWSManagedRulesLinuxRuleSet", []);
  const managed = {
    managed_rule_group_statement: { ...linuxGroup.statement.managed_rule_group_statement, ...version },
  };
  const json: JsonObject = {
    provider: { aws: [{ region: "eu-west-1" }] },
    resource: {
      aws_wafv2_web_acl: {
        acl: {
          name: "small",
          scope: "REGIONAL",
          default_action: { allow: {} },
          rule: [
            rule("countries", 0, statement, named("countries")),
            { ...linuxGroup, statement: managed, ...named("linux") },
          ],
          ...more,
        },
      },
    },
  };
  return managedResources(estateOf([stackFacts("service", json)]));
}
const countries: JsonObject = { geo_match_statement: { country_codes: ["KP"] } };
/** Findings about the small ACL where AWS says this of the Linux group. */
export const smallWith = async (answer: JsonObject) =>
  (await compare(small(), { describe: () => ({ ...linux, ...answer }) })).findings;
