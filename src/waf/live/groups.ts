import { DescribeManagedRuleGroupCommand, type DescribeManagedRuleGroupResponse } from "@aws-sdk/client-wafv2";
import { block, blocks, text } from "../../terraform/blocks";
import type { Resource } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { isManagedGroup, type ManagedGroup, managedGroups, observedByAws, spelledLabel } from "../catalogue";
import { theBlock } from "../known";
import { type Asking, ask } from "./call";
import { liveScope } from "./capacity";

/** A group as a web ACL names it. */
export interface UsedGroup {
  readonly group: ManagedGroup;
  /** AWS's default where it is absent. */
  readonly version?: string;
}

/** The managed groups of a web ACL. Throws for one that the catalogue has not: there is nothing to compare it with. */
export function usedGroups(acl: Resource): UsedGroup[] {
  return blocks(acl, "rule").flatMap((rule) => {
    const used = block(theBlock(rule, "statement"), "managed_rule_group_statement");
    if (used === undefined) return [];
    const [vendor, group = "", version] = [text(used, "vendor_name"), text(used, "name"), text(used, "version")];
    if (vendor !== "AWS" || !isManagedGroup(group)) {
      throw new UnreadableError(`${used.address}.name`, `the catalogue has no group ${group} of ${vendor}`);
    }
    return [{ group, ...(version === undefined ? {} : { version }) }];
  });
}

/** Sentences for what AWS says about a group otherwise than the catalogue. */
export async function groupFindings(acl: Resource, used: UsedGroup, { client, region }: Asking): Promise<string[]> {
  const { group, version } = used;
  const command = new DescribeManagedRuleGroupCommand({
    VendorName: "AWS",
    Name: group,
    Scope: liveScope(acl),
    ...(version === undefined ? {} : { VersionName: version }),
  });
  const answer = await ask(`DescribeManagedRuleGroup in ${region}`, client.send(command));
  const named = `${group} (${version ?? "default version"}, ${liveScope(acl)})`;
  if (typeof answer === "string") {
    return [
      `${named}: ${answer} Change waf.groupVersions in the environment file, or the name in src/waf/catalogue.ts.`,
    ];
  }
  return differences(group, answer).map((difference) => `${named}: ${difference}`);
}

function differences(
  group: ManagedGroup,
  { Capacity, Rules = [], AvailableLabels = [], LabelNamespace = "" }: DescribeManagedRuleGroupResponse,
) {
  const { wcu } = managedGroups[group];
  const ours: readonly string[] = managedGroups[group].rules;
  const actions = new Map(Rules.map(({ Name = "", Action = {} }) => [Name, actionOf(Action)]));
  const theirs = [...actions.keys()].filter((rule) => !isCandidate(rule) || actions.get(rule) !== "count");
  const [onlyThere, onlyHere] = [without(theirs, ours), without(ours, theirs)];
  const labels = AvailableLabels.map(({ Name = "" }) => (Name.startsWith("awswaf:") ? Name : LabelNamespace + Name));
  const expected = ours.map((rule) => spelledLabel(group, rule));
  // The label of a rule that one side has not is missing with it, and is told with it.
  const told = [...onlyThere, ...onlyHere].map((rule) => spelledLabel(group, rule));
  return [
    ...(Capacity === wcu ? [] : [`AWS says ${Capacity ?? "no"} WCU, the catalogue ${wcu}. Change its wcu ${there}`]),
    ...onlyThere.map(
      (rule) =>
        `AWS has the rule ${rule}, which the catalogue has not. Add it ${there} If it reads bodies, add it to bodyRules in src/waf/api-rules.ts too, or it blocks code under review.`,
    ),
    ...onlyHere.map(
      (rule) =>
        `the catalogue has the rule ${rule}, which AWS has not, so an override of it does nothing. Take it out ${there}`,
    ),
    ...labelDifferences(
      without(
        without(
          labels.filter((label) => !isCandidate(label)),
          expected,
        ),
        told,
      ),
      without(without(expected, labels), told),
    ),
    ...ours.flatMap((rule) => {
      const [theirAction, action] = [actions.get(rule), observedByAws.includes(rule) ? "count" : "block"];
      if (theirAction === undefined || theirAction === action) return [];
      return [`AWS's rule ${rule} does ${theirAction}, the catalogue says ${action}. Change observedByAws ${there}`];
    }),
  ];
}

const there = "in src/waf/catalogue.ts.";

function labelDifferences(onlyThere: readonly string[], onlyHere: readonly string[]): string[] {
  const spelled = (label: string) => onlyHere.find((each) => each.toLowerCase() === label.toLowerCase());
  const respelled = onlyThere.map(spelled);
  return [
    ...onlyThere.map((label) => {
      const here = spelled(label);
      return here === undefined
        ? `AWS puts on the label ${label}, which the catalogue has not. Change labelExceptions ${there}`
        : `AWS spells a label ${label}, the catalogue ${here}, and labels are case-sensitive. Change labelExceptions ${there}`;
    }),
    ...onlyHere
      .filter((label) => !respelled.includes(label))
      .map((label) => `the catalogue has the label ${label}, which AWS never puts on. Change labelExceptions ${there}`),
  ];
}

/** AWS adds a coming version of a rule beside it, as `<rule>_RC_COUNT`; it counts, and so decides nothing. */
const isCandidate = (name: string) => name.endsWith("_RC_COUNT");

const actionOf = (action: object) => Object.keys(action).join(" and ").toLowerCase() || "nothing";
const without = (all: readonly string[], dropped: readonly string[]) => all.filter((each) => !dropped.includes(each));
