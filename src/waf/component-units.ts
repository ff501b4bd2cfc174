import { blocks, text } from "../terraform/blocks";
import type { Block } from "../terraform/estate";
import { onlyKey, theBlock } from "./known";

/** What looking at a component adds to, or makes of, the units of a match. */
const components: Readonly<Record<string, (matchUnits: number) => number>> = {
  uri_path: (units) => units,
  query_string: (units) => units,
  method: (units) => units,
  body: (units) => units,
  single_header: (units) => units,
  single_query_argument: (units) => units,
  headers: (units) => units,
  header_order: (units) => units,
  cookies: (units) => units,
  ja3_fingerprint: (units) => units,
  ja4_fingerprint: (units) => units,
  all_query_arguments: (units) => units + 10,
  json_body: (units) => 2 * units,
};

/** Units of a match with its component and transformations.
 *
 * AWS may charge a repeated transformation of a component once; counting each gives an upper bound.
 */
export function componentUnits(statement: Block, matchUnits: number): number {
  const field = theBlock(statement, "field_to_match");
  const component = onlyKey(field, Object.keys(components), "component of a known capacity");
  const steps = blocks(statement, "text_transformation").filter((each) => text(each, "type") !== "NONE");
  return (components[component]?.(matchUnits) ?? Number.NaN) + 10 * steps.length;
}
