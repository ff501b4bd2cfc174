import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import * as defaults from "../../config/defaults";
import { blocks } from "../../terraform/blocks";
import { estateOf, managedResources, stackFacts } from "../../terraform/estate";
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

/** Judges a rule: what it costs and how deep it nests and, if one of ours has its name, that ours is the same.
 *
 * Ours is taken from the configuration in which it is most like the given one.
 */
export function judgeWafRule(json: unknown): Judgement {
  const { name, priority, wcu, depth, rule } = Case.parse(json);
  const estate = estateOf([stackFacts("fragment", { resource: { aws_wafv2_web_acl: { acl: { rule: [rule] } } } })]);
  const [measured] = managedResources(estate).flatMap(ruleCapacities);
  const ours = ownRules().filter((each) => isObject(each) && each.name === name);
  const same = ours.find((each) => isDeepStrictEqual(each, rule));
  return {
    case: name,
    expected: { name, priority, wcu, depth, rule },
    actual: {
      name: measured?.name,
      priority: measured?.priority,
      wcu: measured?.capacityUnits,
      depth: measured?.depth,
      rule: same ?? ours[0] ?? rule,
    },
  };
}

let known: Json[] | undefined;

/** The rules of the API's firewall with each of its options; the first is with all of them on, and enforced. */
function ownRules(): Json[] {
  known ??= (["enforce", "count"] as const).flatMap((rollout) =>
    (["count", "block"] as const).flatMap((githubSource) => {
      const estate = firewallEstate({
        ...{ accountId: "111122223333", webAclName: "service-api", rollout, githubSource, anonymousIp: "rate" },
        ...{ blockedCountries: defaults.waf.blockedCountries, allowedCidrs: [], githubCidrs: [] },
      });
      const acls = managedResources(estate, "aws_wafv2_web_acl");
      return acls.flatMap((acl) => blocks(acl, "rule").map(({ attributes }) => withShortReferences(attributes)));
    }),
  );
  return known;
}

/** Address sets by what they hold, as the vectors write them; the order of labels in an OR stays. */
const withShortReferences = (rule: Json): Json =>
  mapStrings(rule, (text) =>
    text.replace(/(?<=aws_wafv2_ip_set\.)\S*?(deny|allow|github)[-_](v[46])\w*(?=\.arn)/, "$1_$2"),
  );
