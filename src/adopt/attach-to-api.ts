import { ApiGatewayMethodSettings, Wafv2WebAclAssociation } from "../aws";
import type { Construct } from "../cdktf";
import type { Existing } from "../config/existing";
import { arns } from "./addresses";
import { unbuilt } from "./unbuilt";

interface ApiProps {
  readonly region: string;
  readonly accountId: string;
  /** Of a regional web ACL. */
  readonly webAclArn: string;
}

/** Limits the methods of a stage, or puts a web ACL before it. */
export function attachToApi(scope: Construct, api: Existing<"rest-api">, props: ApiProps): void {
  for (const hardening of api.harden) {
    switch (hardening.with) {
      case "throttling":
        new ApiGatewayMethodSettings(scope, hardening.with, {
          restApiId: api.id,
          stageName: api.stage,
          methodPath: "*/*",
          settings: { throttlingBurstLimit: hardening.burst, throttlingRateLimit: hardening.ratePerSecond },
        });
        break;
      case "web-acl":
        new Wafv2WebAclAssociation(scope, hardening.with, {
          resourceArn: arns.stage(api.id, api.stage, props),
          webAclArn: props.webAclArn,
        });
        break;
      default:
        throw unbuilt(api, hardening.with);
    }
  }
}
