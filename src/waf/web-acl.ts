import { Wafv2WebAcl, Wafv2WebAclLoggingConfiguration } from "../aws";
import { Construct } from "../cdktf";
import { ConfigError } from "../config/load";
import type { Names } from "../config/names";
import { estateOf, managedResources, stackFacts } from "../terraform/estate";
import type { JsonObject } from "../terraform/json";
import { quotaProblems } from "./quotas";
import { blockBodies } from "./responses";
import { type Rollout, ruleConfig, type WebAclRule } from "./rule";

export interface WebAclProps {
  readonly names: Names;
  /** What it guards. */
  readonly noun: "api" | "ui";
  readonly scope: "REGIONAL" | "CLOUDFRONT";
  readonly rules: readonly WebAclRule[];
  readonly rollout: Rollout;
  /** Of a group whose name begins with `aws-waf-logs-`; AWS WAF takes no other. */
  readonly logGroupArn: string;
}

/** Headers that hold a credential or a proof of one; they reach neither logs nor samples. */
const credentialHeaders = [
  "authorization",
  "cookie",
  "x-api-key",
  "x-hub-signature",
  "x-hub-signature-256",
  "x-signature",
  "x-signature-256",
];

/** A web ACL that logs what it blocks and counts, without credentials.
 *
 * It reads 64 KB of a body behind an API, the most AWS WAF takes; the rest is not inspected. Costs 5 USD a month, 1 USD
 * a rule, and 0.60 USD per million requests, blocked ones included. A CLOUDFRONT one belongs into a stack of us-east-1.
 */
export class WebAcl extends Construct {
  readonly resource: Wafv2WebAcl;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const name = props.names.name("web-acl", props.noun);
    const rules = props.rules.map((rule) => ruleConfig(rule, props.rollout));
    refuseOversize(name, rules);
    this.resource = new Wafv2WebAcl(this, "Default", {
      name,
      scope: props.scope,
      defaultAction: { allow: {} },
      rule: rules,
      customResponseBody: blockBodies,
      ...(props.scope === "REGIONAL"
        ? { associationConfig: { requestBody: [{ apiGateway: { defaultSizeInspectionLimit: "KB_64" } }] } }
        : {}),
      // A rate by token lists the tokens themselves in `rateBasedRuleList`, which redaction of the log does not reach.
      dataProtectionConfig: {
        dataProtection: [
          {
            action: "SUBSTITUTION",
            field: { fieldType: "SINGLE_HEADER", fieldKeys: credentialHeaders },
            excludeRateBasedDetails: false,
            excludeRuleMatchDetails: false,
          },
        ],
      },
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: true },
    });

    // AWS writes the log group's resource policy itself; one of ours would collide with it.
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: this.resource.arn,
      logDestinationConfigs: [props.logGroupArn],
      redactedFields: credentialHeaders.map((header) => ({ singleHeader: { name: header } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    });
  }
}

/** AWS would refuse it in the middle of an apply, or charge more for every request. */
function refuseOversize(
  name: string,
  rules: readonly Pick<ReturnType<typeof ruleConfig>, "name" | "priority" | "statement">[],
): void {
  const rule = rules.map(({ name, priority, statement }) => ({ name, priority, statement: statement as JsonObject }));
  const [acl] = managedResources(
    estateOf([stackFacts("waf", { resource: { aws_wafv2_web_acl: { [name]: { name, rule } } } })]),
  );
  const problems = acl ? quotaProblems(acl) : [];
  if (problems.length > 0)
    throw new ConfigError(
      problems.map((each) => `${each} Change the rules in src/waf/api-rules.ts, or waf.* in the environment file.`),
    );
}
