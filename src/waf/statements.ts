import type { ManagedLabel } from "./catalogue";

/** Labels that the rules of this project put on. */
export type OwnLabel = "trusted-source";

type Terraform = Readonly<Record<string, unknown>>;

/** A statement as Terraform writes it; `Depth` counts the and, or and not around its innermost part.
 *
 * `depth` is never set: it lets the compiler refuse what the provider's schema cannot hold. A rule nests three levels,
 * the scope of a rate two; deeper is an "unsupported block" error when Terraform runs.
 */
export interface Statement<Depth extends 0 | 1 | 2 | 3> {
  readonly terraform: Terraform;
  readonly depth?: Depth;
}

export type AnyStatement = Statement<0 | 1 | 2 | 3>;
type Deeper<Depth extends 0 | 1 | 2> = Depth extends 0 ? 1 : Depth extends 1 ? 2 : 3;

/** The part of a request that a statement reads. */
export interface Component {
  readonly field: Terraform;
}

/** The raw path without the query. */
export const path: Component = { field: { uri_path: {} } };
export const method: Component = { field: { method: {} } };

/** One header; a request without it matches nothing, and so matches `not(…)` of everything. */
export function header(name: string): Component {
  if (!/^[0-9a-z_-]{1,40}$/.test(name)) {
    throw new Error(
      `The header ${JSON.stringify(name)} cannot be inspected: 1 to 40 of a-z, 0-9, _ and - are allowed.`,
    );
  }
  return { field: { single_header: { name } } };
}

// Transformations cost 10 WCU each, and an exception that matches the bytes as sent fails closed.
const asSent = [{ priority: 0, type: "NONE" }];

/** Searches for a pattern; AWS WAF takes 200 characters, and RE2 knows no look-around and no back-reference. */
export function matches({ field }: Component, pattern: string): Statement<0> {
  if (pattern.length > 200) {
    throw new Error(`The pattern ${pattern} has ${pattern.length} characters; AWS WAF takes at most 200.`);
  }
  if (/\(\?[=!<]|\\[1-9]/.test(pattern)) {
    throw new Error(`The pattern ${pattern} looks around or back; AWS WAF's expressions cannot.`);
  }
  return leaf("regex_match_statement", { field_to_match: field, regex_string: pattern, text_transformation: asSent });
}

export const equals = (component: Component, text: string) => byteMatch(component, "EXACTLY", text);
export const startsWith = (component: Component, text: string) => byteMatch(component, "STARTS_WITH", text);

function byteMatch({ field }: Component, position: "EXACTLY" | "STARTS_WITH", text: string): Statement<0> {
  if (text.length < 1 || text.length > 200) {
    throw new Error(`The text ${JSON.stringify(text)} cannot be searched for: 1 to 200 characters are allowed.`);
  }
  return leaf("byte_match_statement", {
    field_to_match: field,
    positional_constraint: position,
    search_string: text,
    text_transformation: asSent,
  });
}

export const longerThan = ({ field }: Component, bytes: number): Statement<0> =>
  leaf("size_constraint_statement", {
    field_to_match: field,
    comparison_operator: "GT",
    size: bytes,
    text_transformation: asSent,
  });

/** ISO 3166 codes of the source address; an address of no known country matches none. */
export const fromCountries = (codes: readonly string[]) => leaf("geo_match_statement", { country_codes: codes });
export const fromAddresses = (ipSetArn: string) => leaf("ip_set_reference_statement", { arn: ipSetArn });
/** A label that an earlier rule has put on the request: an own one by its name, a managed one by its full name. */
export const hasLabel = (key: OwnLabel | ManagedLabel) => leaf("label_match_statement", { key, scope: "LABEL" });

export const and = <D extends 0 | 1 | 2>(...parts: readonly Statement<D>[]) => nest("and_statement", parts, 2);
export const or = <D extends 0 | 1 | 2>(...parts: readonly Statement<D>[]) => nest("or_statement", parts, 2);
export const not = <D extends 0 | 1 | 2>(part: Statement<D>) => nest("not_statement", [part], 1);

function nest<D extends 0 | 1 | 2>(kind: string, parts: readonly Statement<D>[], least: number): Statement<Deeper<D>> {
  if (parts.length < least) throw new Error(`An ${kind} of ${parts.length} parts is refused; AWS WAF wants ${least}.`);
  return { terraform: { [kind]: { statement: parts.map(({ terraform }) => terraform) } } };
}

function leaf(kind: string, body: Terraform): Statement<0> {
  return { terraform: { [kind]: body } };
}
