import { isDeepStrictEqual } from "node:util";
import { managedResources, type Resource } from "../../terraform/estate";
import { managedRules } from "../../waf/managed-facts";
import { type Mutation, mutations } from "../../waf/mutations";
import { type Acl, readAcl } from "../../waf/read-acl";
import { decideCase } from "../waf/cases";
import { configuredEstate } from "../waf/configured-acl";
import type { Suite, SuiteCase } from "./suite";

export interface MutationResult extends Omit<Mutation, "json"> {
  /** The case whose verdict changed; absent where none did: a survivor. */
  readonly killedBy?: string;
}

/** Judges every mutation of the suite's firewall by the written verdicts. Throws if a case fails without any mutation. */
export function judgeMutations({ config, cases }: Suite): MutationResult[] {
  const firewalls = new Map<string, Firewall>();
  const firewallOf = ({ config: given }: Pick<SuiteCase, "config">) => {
    const key = JSON.stringify(given);
    const firewall = firewalls.get(key) ?? synthesized(given);
    firewalls.set(key, firewall);
    return firewall;
  };
  const wrong = cases.filter((each) => differs(each, firewallOf(each).whole));
  if (wrong.length > 0) throw new Error(`Without any mutation these fail: ${wrong.map(({ id }) => id).join(", ")}.`);

  const { mutants } = firewallOf({ config });
  return [...mutants].map(([key, { json: _, ...mutation }]) => {
    const killer = inOrder(cases, mutation.rule).find((each) => differs(each, mutantOf(firewallOf(each), key)));
    return { ...mutation, ...(killer ? { killedBy: killer.id } : {}) };
  });
}

interface Firewall {
  readonly resource: Resource;
  readonly whole: Acl;
  /** By what is changed, so that the same change can be made to a firewall that was configured otherwise. */
  readonly mutants: ReadonlyMap<string, Mutation>;
  readonly read: Map<string, Acl>;
}

/** Where the configuration makes the rule another, so that there is no such change, the firewall stays whole. */
function mutantOf({ resource, whole, mutants, read }: Firewall, key: string): Acl {
  const mutant = mutants.get(key);
  if (!mutant) return whole;
  const acl = read.get(key) ?? readAcl({ ...resource, attributes: mutant.json });
  read.set(key, acl);
  return acl;
}

/** Cheap cases first, then those about the rule: a mutation is done with once one case has changed. */
function inOrder(cases: readonly SuiteCase[], rule: string): SuiteCase[] {
  const costly = 100;
  const rank = ({ copies, about }: SuiteCase) => (copies < costly ? 0 : about === rule ? 1 : 2);
  return cases.toSorted((a, b) => rank(a) - rank(b) || a.copies - b.copies);
}

/** Compared are the parts of the verdict that the case writes out. */
function differs({ given, expect }: SuiteCase, acl: Acl): boolean {
  // A group that was removed matches nothing any more.
  const known = new Set(managedRules(acl).map(({ hit }) => hit));
  const managed = given.managed.filter((hit) => known.has(hit));
  const decision: Readonly<Record<string, unknown>> = { ...decideCase(acl, { ...given, managed }) };
  return Object.keys(expect).some((key) => !isDeepStrictEqual(decision[key], expect[key]));
}

function synthesized(config: Suite["config"]): Firewall {
  const [resource] = managedResources(configuredEstate(config), "aws_wafv2_web_acl");
  if (!resource) throw new Error("The firewall was not synthesized.");
  const changed = mutations(resource.attributes).map((each): [string, Mutation] => [
    `${each.operator} ${each.path}`,
    each,
  ]);
  return { resource, whole: readAcl(resource), mutants: new Map(changed), read: new Map() };
}
