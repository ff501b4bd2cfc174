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
  /** Networks that are refused from the first apply on; later ones are put into the set by hand. */
  readonly deniedCidrs?: readonly string[];
  /** Networks that escape the country block and the rates per address; nothing else. */
  readonly allowedCidrs: readonly string[];
  /** Where GitHub's deliveries come from. */
  readonly githubCidrs: readonly string[];
  /** True where a function keeps those addresses, so that an apply leaves them alone. */
  readonly syncGithubCidrs: boolean;
  readonly logGroupArn: string;
}

/** A set of addresses, as the function that keeps it needs to know it. */
export interface IpSetRef {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
}

/** The firewall in front of one stage of the API. Prevents FS-10, and costs 25 USD a month beside the requests. */
export class ApiFirewall extends Construct {
  readonly webAclArn: string;
  readonly githubIpSets: Readonly<Record<"v4" | "v6", IpSetRef>>;

  constructor(scope: Construct, id: string, props: ApiFirewallProps) {
    super(scope, id);
    const { names, rollout, logGroupArn, deniedCidrs = [] } = props;
    const { sets } = new IpSets(this, "ip-sets", {
      names,
      cidrs: { deny: deniedCidrs, allow: props.allowedCidrs, github: props.githubCidrs },
      filledByOthers: props.syncGithubCidrs ? ["deny", "github"] : ["deny"],
    });
    const arns = ({ v4, v6 }: (typeof sets)["deny"]) => ({ v4: v4.arn, v6: v6.arn });
    const ipSetArns = { deny: arns(sets.deny), allow: arns(sets.allow), github: arns(sets.github) };
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
    this.githubIpSets = sets.github;
  }
}
