import {
  CheckCapacityCommand,
  type OverrideAction,
  type Rule,
  Scope,
  type VisibilityConfig,
} from "@aws-sdk/client-wafv2";
import { block, blocks, flag } from "../../terraform/blocks";
import type { Block, Resource } from "../../terraform/estate";
import { capacityUnits, ruleCapacities } from "../capacity";
import { onlyKey, onlyKeys, required, theBlock, theNumber, theText } from "../known";
import { liveAction } from "./action";
import { type Asking, ask } from "./call";
import { empty, oneOf } from "./field";
import { liveStatement } from "./statement";

/** The rules of an `aws_wafv2_web_acl` as `CheckCapacity` takes them, in the order of the JSON.
 *
 * Throws `UnreadableError`, with the path, for a key, kind or value that is not known here. IP sets and the bodies of
 * responses do not exist yet for AWS: see `statement.ts` and `action.ts` for what is sent in their place.
 */
export const liveRules = (acl: Resource): Rule[] => blocks(acl, "rule").map(liveRule);

export const liveScope = (acl: Resource): Scope => oneOf(Scope, acl, "scope");

function liveRule(rule: Block): Rule {
  onlyKeys(rule, ["name", "priority", "statement", "action", "override_action", "rule_label", "visibility_config"]);
  const [action, override] = [block(rule, "action"), block(rule, "override_action")];
  const labels = blocks(rule, "rule_label").map((label) => {
    onlyKeys(label, ["name"]);
    return { Name: theText(label, "name") };
  });
  return {
    Name: theText(rule, "name"),
    Priority: theNumber(rule, "priority"),
    Statement: liveStatement(theBlock(rule, "statement")),
    ...(action ? { Action: liveAction(action) } : {}),
    ...(override ? { OverrideAction: overrideAction(override) } : {}),
    ...(labels.length === 0 ? {} : { RuleLabels: labels }),
    VisibilityConfig: visibility(theBlock(rule, "visibility_config")),
  };
}

function overrideAction(override: Block): OverrideAction {
  const kind = onlyKey(override, ["none", "count"], "override");
  const nothing = empty(theBlock(override, kind));
  return kind === "none" ? { None: nothing } : { Count: nothing };
}

function visibility(config: Block): VisibilityConfig {
  const keys = ["cloudwatch_metrics_enabled", "metric_name", "sampled_requests_enabled"] as const;
  onlyKeys(config, keys);
  const [metrics, , sampled] = keys;
  return {
    CloudWatchMetricsEnabled: required(flag(config, metrics), config, metrics),
    MetricName: theText(config, "metric_name"),
    SampledRequestsEnabled: required(flag(config, sampled), config, sampled),
  };
}

/** Sentences for what AWS counts otherwise than `capacity.ts`; each rule is asked alone once the total differs. */
export async function capacityFindings(acl: Resource, asking: Asking): Promise<string[]> {
  const name = theText(acl, "name");
  const rules = liveRules(acl);
  const counted = capacityUnits(acl);
  const total = await unitsOf(rules, acl, asking);
  if (total === counted) return [];
  if (typeof total === "string") {
    return [
      `${name}: ${total} Change the rule it names in src/waf/api-rules.ts, or its groupVersions in the environment.`,
    ];
  }
  const found = [`${name}: AWS says ${total ?? "no"} WCU, src/waf/capacity.ts counts ${counted}.`];
  const alone: string[] = [];
  for (const { name: ruleName, capacityUnits: units } of ruleCapacities(acl)) {
    const said = await unitsOf(
      rules.filter(({ Name }) => Name === ruleName),
      acl,
      asking,
    );
    if (said === units) continue;
    const says = typeof said === "string" ? said : `AWS says ${said ?? "no"} WCU,`;
    alone.push(
      `${name}, rule ${ruleName}: ${says} src/waf/capacity.ts counts ${units}. Change its kind of statement there, or the wcu of its group in src/waf/catalogue.ts.`,
    );
  }
  if (alone.length > 0) return [...found, ...alone];
  return [`${found[0]} Each rule alone costs what is counted: change how src/waf/capacity.ts adds rules up.`];
}

async function unitsOf(rules: Rule[], acl: Resource, { client, region }: Asking): Promise<number | undefined | string> {
  const command = new CheckCapacityCommand({ Scope: liveScope(acl), Rules: rules });
  const answer = await ask(`CheckCapacity in ${region}`, client.send(command));
  return typeof answer === "string" ? answer : answer.Capacity;
}
