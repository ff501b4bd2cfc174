import { type Estate, estateOf, managedResources } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { linksOf } from "./links";
import { type Look, lookAt } from "./look";
import { placedPolicies } from "./policy-places";
import type { SecurityRule } from "./security-rule";

/** Of these types of managed resources, those that no rule looks at: none asks for them, and they have no policy.
 *
 * The rules are run to see what they ask for, so that no list of types can fall behind them. A sample with one resource
 * of each type tells most; the whole estate is looked at only for what is left, as some rules ask for a type on account
 * of an attribute of another.
 */
export function unknownTypes(types: readonly string[], rules: readonly SecurityRule[], estate: Estate): string[] {
  const known = askedFor(rules, sampleOf(estate));
  const left = types.filter((type) => !known.has(type));
  if (left.length === 0) return [];
  const all = askedFor(rules, estate);
  return left.filter((type) => !all.has(type));
}

function askedFor(rules: readonly SecurityRule[], estate: Estate): Set<string> {
  const links = linksOf(estate);
  const asked = new Set(placedPolicies(lookAt(estate, links)).map(({ at }) => at.type));
  for (const { check } of rules) {
    try {
      for (const _ of check(recording(lookAt(estate, links), asked)));
    } catch (error) {
      // What cannot be read is a finding of that rule.
      if (!(error instanceof UnreadableError)) throw error;
    }
  }
  return asked;
}

/** The first resource of each type, in its stack. */
function sampleOf(estate: Estate): Estate {
  const first = new Map(
    managedResources(estate)
      .toReversed()
      .map((each) => [each.type, each]),
  );
  const chosen = [...first.values()];
  return estateOf(
    [...estate.values()].map((stack) => ({ ...stack, resources: chosen.filter((each) => each.stack === stack) })),
  );
}

/** A look that writes down the types it is asked for. */
const recording = (look: Look, asked: Set<string>): Look => ({
  ...look,
  resources: (...types) => {
    for (const type of types) asked.add(type);
    return look.resources(...types);
  },
  linked: (to, type, attribute) => {
    asked.add(type);
    return look.linked(to, type, attribute);
  },
});
