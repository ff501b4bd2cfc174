import { templateParts } from "./expression";
import { isObject, type Json } from "./json";
import { UnreadableError } from "./unreadable";

/** Throws where something of a stack refers back to itself, by whatever way: nobody can say what it comes to.
 *
 * Terraform refuses such a stack too ("Cycle"). `written` holds what stands at each address, in whose form expressions
 * name it: `aws_vpc.main`, `local.name`, `data.terraform_remote_state.<name>.outputs.<output>`.
 */
export function refuseCircles(written: ReadonlyMap<string, Json>): void {
  const references = new Map(
    [...written].map(([address, json]) => [address, referencesAt(address, json).filter((other) => written.has(other))]),
  );
  const [first, ...others] = circleIn(references);
  if (first === undefined) return;
  const way = others.length === 0 ? "" : `, by way of ${others.join(", ")}`;
  throw new UnreadableError(first, `it refers back to itself${way}`);
}

/** The addresses of one circle, each of which refers to the next, and the last to the first; none where there is none. */
function circleIn(references: ReadonlyMap<string, readonly string[]>): string[] {
  let left = new Set(references.keys());
  const onward = (address: string) => references.get(address)?.find((other) => left.has(other));
  for (;;) {
    const kept = new Set([...left].filter((address) => onward(address) !== undefined));
    if (kept.size === left.size) break;
    left = kept;
  }
  const trail: string[] = [];
  let [at] = left;
  while (at !== undefined && !trail.includes(at)) {
    trail.push(at);
    at = onward(at);
  }
  return at === undefined ? [] : trail.slice(trail.indexOf(at));
}

/** A managed resource may name itself, as fragments do for an ARN in its policy, unless an attribute stands for itself. */
function referencesAt(address: string, json: Json): string[] {
  if (!isObject(json) || /^(data|local)\./.test(address)) return referencesIn(json);
  return Object.entries(json).flatMap(([key, value]) => {
    const goesRound = expressionsIn(value).some((text) => text.split(/[^\w.-]/).includes(`${address}.${key}`));
    return referencesIn({ [key]: value }).filter((other) => other !== address || goesRound);
  });
}

const named =
  /(?<![\w.-])(?:data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+|(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*)/g;

const referencesIn = (json: Json): string[] => expressionsIn(json).flatMap((text) => text.match(named) ?? []);

/** Expressions, and the addresses in `depends_on`, which stand bare. */
function expressionsIn(json: Json): string[] {
  if (typeof json === "string") {
    return templateParts(json).flatMap(({ kind, text }) => (kind === "expression" ? [text] : []));
  }
  if (Array.isArray(json)) return json.flatMap(expressionsIn);
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    key === "depends_on" && Array.isArray(value) ? value.map(String) : expressionsIn(value),
  );
}
