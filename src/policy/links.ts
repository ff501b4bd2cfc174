import { type Block, type Estate, managedResources, type Resource } from "../terraform/estate";
import type { Json } from "../terraform/json";
import { resolve } from "../terraform/resolve";

/** What a literal elsewhere may call a resource by. */
const names = ["id", "name", "bucket", "arn", "function_name", "table_name", "alias", "resource_id"] as const;

/** Resources of a type whose attribute refers to this one, or is written as one of its names is; in order. */
export type Links = (to: Resource, type: string, attribute: string) => Resource[];

/** Who is meant by one attribute of all resources of one type. */
interface Index {
  readonly byTarget: Map<Resource, Set<Resource>>;
  readonly byLiteral: Map<Json, Set<Resource>>;
  /** A reference inside a longer text, such as an ARN with a path behind it, refers to its resource as well. */
  readonly byMention: Map<string, Set<Resource>>;
  /** An expression that leads nowhere, such as `${local.bucket}`, means the same wherever it stands in a stack. */
  readonly byExpression: Map<string, Set<Resource>>;
}

/** Finds links by an index for each attribute that is asked for: an estate ten times as large takes ten times as long. */
export function linksOf(estate: Estate): Links {
  const indices = new Map<string, Index>();
  const called = new Map<Resource, Names>();
  return (to, type, attribute) => {
    const key = `${type} ${attribute}`;
    const index = indices.get(key) ?? indexOf(managedResources(estate, type), attribute);
    indices.set(key, index);
    const own = called.get(to) ?? namesOf(to);
    called.set(to, own);
    const found = new Set([
      ...(index.byTarget.get(to) ?? []),
      ...own.literals.flatMap((name) => [...(index.byLiteral.get(name) ?? [])]),
      ...own.expressions.flatMap((name) => [...(index.byExpression.get(placeOf(to, name)) ?? [])]),
      ...(index.byMention.get(placeOf(to, to.address)) ?? []),
    ]);
    return found.size < 2 ? [...found] : managedResources(estate, type).filter((candidate) => found.has(candidate));
  };
}

function indexOf(candidates: readonly Resource[], attribute: string): Index {
  const index: Index = { byTarget: new Map(), byLiteral: new Map(), byMention: new Map(), byExpression: new Map() };
  for (const candidate of candidates) {
    const written = candidate.attributes[attribute];
    if (isEmpty(written)) continue;
    const value = resolve(written as Json, candidate.stack);
    if (value.kind === "reference" && value.resource) add(index.byTarget, value.resource, candidate);
    if (value.kind === "literal") add(index.byLiteral, value.value, candidate);
    if (value.kind === "unknown") add(index.byExpression, placeOf(candidate, String(written)), candidate);
    for (const [, address = ""] of JSON.stringify(written).matchAll(/\$\{((?:data\.)?\w+\.[\w-]+)[.[}]/g)) {
      add(index.byMention, placeOf(candidate, address), candidate);
    }
  }
  return index;
}

interface Names {
  readonly literals: readonly Json[];
  readonly expressions: readonly string[];
}

function namesOf({ attributes, stack }: Resource): Names {
  const told = names.flatMap((name) => {
    const written = attributes[name];
    return isEmpty(written) ? [] : [{ written, value: resolve(written as Json, stack) }];
  });
  return {
    literals: told.flatMap(({ value }) => (value.kind === "literal" ? [value.value] : [])),
    expressions: told.flatMap(({ written, value }) => (value.kind === "unknown" ? [String(written)] : [])),
  };
}

const placeOf = ({ stack }: Block, address: string): string => `${stack.name}/${address}`;

function add<K>(index: Map<K, Set<Resource>>, key: K, candidate: Resource): void {
  const known = index.get(key);
  if (known) known.add(candidate);
  else index.set(key, new Set([candidate]));
}

/** Null, an empty text, an empty list or an empty object is as good as nothing. */
export function isEmpty(written: Json | undefined): boolean {
  if (written === undefined || written === null || written === "") return true;
  return typeof written === "object" && Object.keys(written).length === 0;
}
