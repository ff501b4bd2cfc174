import { type ManagedGroup, managedGroups, type RuleOf } from "./catalogue";
import { type BlockResponse, blockResponses } from "./responses";
import type { AnyStatement, OwnLabel, Statement } from "./statements";

/** What a rule does with what it matches. There is no Allow: it would skip every later rule. */
export type Action = "count" | { readonly block: BlockResponse; readonly retryAfterSeconds?: number };

/** Counts the requests of one sender in a window; over the limit all of them match until the count falls. */
export interface Rate {
  readonly limit: number;
  readonly windowSeconds: number;
  /** Tells senders apart: by address, or by the value of one header. */
  readonly key: "IP" | { readonly header: string };
  readonly scope?: Statement<0 | 1 | 2>;
}

interface Placed {
  /** Also the name of the metric. */
  readonly name: string;
  readonly priority: number;
}

export interface OwnRule extends Placed {
  readonly statement: AnyStatement | Rate;
  readonly action: Action;
  /** Put on the request for later rules. */
  readonly label?: OwnLabel;
}

/** A managed group; the rules in `count` only label a request, and a later rule decides. */
export interface GroupRule<G extends ManagedGroup> extends Placed {
  readonly group: G;
  readonly count: readonly RuleOf<G>[];
  /** A fixed version such as `Version_1.19`; AWS's current one where it is absent. It expires. */
  readonly version?: string;
  /** A group is overridden; it does not act itself. */
  readonly action?: never;
}

type AnyGroupRule = { [G in ManagedGroup]: GroupRule<G> }[ManagedGroup];
export type WebAclRule = OwnRule | AnyGroupRule;

/** `count` observes: every rule of ours, and every rule inside the groups, counts and none blocks. */
export type Rollout = "count" | "enforce";

/** The rule in the form of `Wafv2WebAcl`. */
export function ruleConfig(rule: WebAclRule, rollout: Rollout) {
  const { name, priority } = rule;
  return {
    name,
    priority,
    ...("group" in rule ? groupConfig(rule, rollout) : ownConfig(rule, rollout)),
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: true },
  };
}

function ownConfig({ statement, action, label }: OwnRule, rollout: Rollout) {
  return {
    action: rollout === "count" || action === "count" ? { count: {} } : { block: block(action) },
    ...(label ? { ruleLabel: [{ name: label }] } : {}),
    statement: "limit" in statement ? { rate_based_statement: rateStatement(statement) } : statement.terraform,
  };
}

function block({ block, retryAfterSeconds }: Exclude<Action, "count">) {
  return {
    customResponse: {
      responseCode: blockResponses[block].status,
      customResponseBodyKey: block,
      ...(retryAfterSeconds ? { responseHeader: [{ name: "Retry-After", value: `${retryAfterSeconds}` }] } : {}),
    },
  };
}

function rateStatement({ limit, windowSeconds, key, scope }: Rate) {
  const byHeader = key !== "IP";
  return {
    limit,
    evaluation_window_sec: windowSeconds,
    aggregate_key_type: byHeader ? "CUSTOM_KEYS" : "IP",
    ...(byHeader
      ? { custom_key: [{ header: { name: key.header, text_transformation: [{ priority: 0, type: "NONE" }] } }] }
      : {}),
    ...(scope ? { scope_down_statement: scope.terraform } : {}),
  };
}

/** Counting a group's result still ends the group at its first block, so to observe it every rule is counted too. */
function groupConfig({ group, count, version }: AnyGroupRule, rollout: Rollout) {
  const wanted: readonly string[] = count;
  const counted = managedGroups[group].rules.filter((rule) => rollout === "count" || wanted.includes(rule));
  return {
    overrideAction: rollout === "count" ? { count: {} } : { none: {} },
    statement: {
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name: group,
        ...(version ? { version } : {}),
        ...(counted.length > 0
          ? { rule_action_override: counted.map((name) => ({ name, action_to_use: { count: {} } })) }
          : {}),
      },
    },
  };
}
