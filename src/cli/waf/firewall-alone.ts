import { AwsProvider } from "../../aws";
import { App, TerraformStack, Testing } from "../../cdktf";
import * as defaults from "../../config/defaults";
import { createNames } from "../../config/names";
import { type Estate, estateOf, stackFacts } from "../../terraform/estate";
import { ApiFirewall, type ApiFirewallProps } from "../../waf/api-firewall";

export interface FirewallSettings
  extends Pick<
    ApiFirewallProps,
    "rollout" | "githubSource" | "anonymousIp" | "blockedCountries" | "deniedCidrs" | "allowedCidrs" | "githubCidrs"
  > {
  readonly accountId: string;
  readonly webAclName: string;
}

const region = "us-east-1";

/** The JSON of the API's firewall alone, behind a custom domain, with limits by default. */
export function firewallEstate({ accountId, webAclName, ...settings }: FirewallSettings): Estate {
  const stack = new TerraformStack(new App(), "firewall");
  new AwsProvider(stack, "aws", { region, allowedAccountIds: [accountId] });
  const names = createNames({ organization: "acme", environment: "alone", accountId, region, drRegion: "us-east-2" });
  new ApiFirewall(stack, "firewall", {
    ...defaults.waf,
    groupVersions: {},
    syncGithubCidrs: true,
    ...settings,
    names: { ...names, name: (kind, noun) => (kind === "web-acl" ? webAclName : names.name(kind, noun)) },
    pathPrefix: "",
    webhookRatePerIp: defaults.throttles.webhook.ratePerSecond * defaults.waf.rateWindowSeconds,
    stageArn: `arn:aws:apigateway:${region}::/restapis/abc/stages/live`,
    logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:aws-waf-logs-alone`,
  });
  return estateOf([stackFacts("firewall", JSON.parse(Testing.synth(stack)))]);
}
