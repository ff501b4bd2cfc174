import type { Estate, Resource } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { linksOf } from "./links";
import { type Look, lookAt } from "./look";
import type { SecurityRule } from "./security-rule";
import { resourceAddress, unreadablePlace } from "./unreadable-place";

/** A weakness, by the rule that found it. */
export interface SecurityFinding {
  readonly rule: string;
  readonly stack: string;
  readonly address: string;
  /** Of the CDKTF construct; absent for what has none. */
  readonly path?: string;
  readonly message: string;
  readonly fix: string;
}

/** What becomes of a value that cannot be told: of a whole estate it is a finding, of a fragment it counts as set. */
export type Extent = "estate" | "fragment";

/** What one rule said, and how many resources and data sources it looked at: of nothing, nothing can be wrong. */
export interface RuleVerdict {
  readonly rule: SecurityRule;
  readonly judged: number;
  readonly findings: readonly SecurityFinding[];
}

/** Judges an estate by rules. What a rule cannot read is a finding of that rule: unknown is never a pass. */
export function judge(rules: readonly SecurityRule[], estate: Estate, extent: Extent): SecurityFinding[] {
  return verdictsOf(rules, estate, extent).flatMap(({ findings }) => findings);
}

export function verdictsOf(rules: readonly SecurityRule[], estate: Estate, extent: Extent): RuleVerdict[] {
  const links = linksOf(estate);
  return rules.map((rule) => {
    const judged = new Set<Resource>();
    const look = counting(lookAt(estate, links), judged);
    return { rule, findings: findingsOf(rule, look, { estate, extent }), judged: judged.size };
  });
}

/** A look that remembers what a rule asked for. */
function counting(look: Look, asked: Set<Resource>): Look {
  const remember = (resources: Resource[]) => {
    for (const resource of resources) asked.add(resource);
    return resources;
  };
  return {
    ...look,
    resources: (...types) => remember(look.resources(...types)),
    everyResource: () => remember(look.everyResource()),
    data: (...types) => remember(look.data(...types)),
    providers: () => remember(look.providers()),
  };
}

interface Judged {
  readonly estate: Estate;
  readonly extent: Extent;
}

function findingsOf({ id, check }: SecurityRule, look: Look, { estate, extent }: Judged): SecurityFinding[] {
  const found: SecurityFinding[] = [];
  try {
    for (const { at, message, fix } of check(look)) {
      const path = at.constructPath === undefined ? {} : { path: at.constructPath };
      found.push({ rule: id, stack: at.stack.name, address: at.address, ...path, message, fix });
    }
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const fix = "Write it so that it can be read before it is applied.";
    found.push({
      rule: id,
      ...unreadablePlace(error, estate),
      message: `cannot be judged at ${error.address}: ${error.reason}`,
      fix,
    });
  }
  if (extent === "fragment") return found;
  const untold = look.untold().map(({ at, attribute, reason }) => ({
    rule: id,
    stack: at.stack.name,
    address: resourceAddress(at.address),
    message: `has ${attribute} that cannot be told: ${reason}`,
    fix: `Write ${attribute} out, or refer to what this estate holds.`,
  }));
  return [...found, ...untold.filter((one, index) => untold.findIndex((other) => isAlike(one, other)) === index)];
}

const isAlike = (one: SecurityFinding, other: SecurityFinding): boolean =>
  one.address === other.address && one.stack === other.stack && one.message === other.message;
