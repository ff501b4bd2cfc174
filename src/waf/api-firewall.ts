import { Wafv2WebAclAssociation } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { type ApiRuleSettings, apiRules } from "./api-rules";
import { IpSets } from "./ip-sets";
import type { Rollout } from "./rule";
import { WebAcl } from "./web-acl";

export interface ApiFirewallProps extends Omit<ApiRuleSettings, "ipSetArns"> {
  readonly names: Names;
  readonly stageArn: string;
  readonly rollout: Rollout;
  /** Networks that escape the country block and the rates per address. */
  readonly allowedCidrs: readonly string[];
  readonly logGroupArn: string;
}

/** The firewall in front of one stage of the API. Prevents FS-10, and costs 25 USD a month beside the requests. */
export class ApiFirewall extends Construct {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: ApiFirewallProps) {
    super(scope, id);
    const { names, rollout, logGroupArn } = props;
    const { arns: ipSetArns } = new IpSets(this, "ip-sets", { names, allowedCidrs: props.allowedCidrs });
    const acl = new WebAcl(this, "web-acl", {
      names,
      noun: "api",
      scope: "REGIONAL",
      rules: apiRules({ ...props, ipSetArns }),
      rollout,
      logGroupArn,
    });
    new Wafv2WebAclAssociation(this, "association", {
      resourceArn: props.stageArn,
      webAclArn: acl.resource.arn,
    });
    this.webAclArn = acl.resource.arn;
  }
}
