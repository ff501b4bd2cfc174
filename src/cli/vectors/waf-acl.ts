import { z } from "zod";
import * as defaults from "../../config/defaults";
import { blocks, text } from "../../terraform/blocks";
import { type Block, estateOf, managedResources, stackFacts } from "../../terraform/estate";
import { isObject, type Json, type JsonObject, mapStrings } from "../../terraform/json";
import { ruleCapacities } from "../../waf/capacity";
import { firewallEstate } from "../waf/firewall-alone";
import type { Judgement } from "./judgement";

const Case = z.looseObject({
  name: z.string(),
  priority: z.int(),
  wcu: z.int(),
  depth: z.int(),
  rule: z.custom<JsonObject>(isObject, "rule must be an object"),
});

/** Judges a rule of the API's firewall: that ours is the same, and that the given one costs and nests what is said. */
export function judgeWafRule(json: unknown): Judgement {
  const { name, priority, wcu, depth, rule } = Case.parse(json);
  const estate = estateOf([stackFacts("fragment", { resource: { aws_wafv2_web_acl: { acl: { rule: [rule] } } } })]);
  const [measured] = managedResources(estate).flatMap(ruleCapacities);
  const ours = ownRules().find((each) => text(each, "name") === name);
  return {
    case: name,
    expected: { name, priority, wcu, depth, rule },
    actual: {
      name: measured?.name,
      priority: measured?.priority,
      wcu: measured?.capacityUnits,
      depth: measured?.depth,
      rule: ours && withShortReferences(ours.attributes),
    },
  };
}

/** The rules with every option on; the one of `anonymousIp: "rate"` beside them. */
function ownRules(): Block[] {
  const estate = firewallEstate({
    ...{ accountId: "111122223333", webAclName: "service-api", rollout: "enforce" },
    ...{ githubSource: "count", anonymousIp: "rate", blockedCountries: defaults.waf.blockedCountries },
    ...{ allowedCidrs: [], githubCidrs: [] },
  });
  return managedResources(estate, "aws_wafv2_web_acl").flatMap((acl) => blocks(acl, "rule"));
}

/** Address sets by what they hold, as the vectors write them; the order of labels in an OR stays. */
const withShortReferences = (rule: Json): Json =>
  mapStrings(rule, (text) =>
    text.replace(/(?<=aws_wafv2_ip_set\.)\S*?(deny|allow|github)[-_](v[46])\w*(?=\.arn)/, "$1_$2"),
  );
