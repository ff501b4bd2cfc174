import { blocks, text } from "../terraform/blocks";
import type { Block } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { onlyKey, onlyKeys, required, theBlock, theNumber, theText } from "./known";
import { transformations } from "./transformations";

/** What a statement looks at, and how it is changed before it is compared. */
export interface Inspection {
  /** Path in the JSON. */
  readonly at: string;
  readonly component: Component;
  /** Names, in the order they are applied. */
  readonly transformations: readonly string[];
}

export type Component =
  | { readonly kind: "path" | "query" | "method" }
  | { readonly kind: "header"; readonly name: string }
  | { readonly kind: "body"; readonly oversize: "CONTINUE" | "MATCH" | "NO_MATCH"; readonly limitBytes: number };

/** Reads `field_to_match` and the transformations of a statement; throws for a component or name that is not known. */
export function readInspection(statement: Block, bodyLimitBytes: number): Inspection {
  const field = theBlock(statement, "field_to_match");
  const steps = blocks(statement, "text_transformation").map((each) => {
    onlyKeys(each, ["priority", "type"]);
    const type = theText(each, "type");
    if (!Object.hasOwn(transformations, type)) {
      const known = Object.keys(transformations).join(", ");
      throw new UnreadableError(`${each.address}.type`, `the effect of ${type} is not known; known are ${known}`);
    }
    return { type, priority: theNumber(each, "priority") };
  });
  if (steps.length === 0) throw new UnreadableError(statement.address, "text_transformation is missing");
  return {
    at: statement.address,
    component: readComponent(field, bodyLimitBytes),
    transformations: steps.sort((a, b) => a.priority - b.priority).map(({ type }) => type),
  };
}

const components = ["uri_path", "query_string", "method", "single_header", "body"] as const;

function readComponent(field: Block, limitBytes: number): Component {
  const kind = onlyKey(field, components, "component");
  const body = theBlock(field, kind);
  switch (kind) {
    case "single_header":
      onlyKeys(body, ["name"]);
      return { kind: "header", name: theText(body, "name").toLowerCase() };
    case "body":
      onlyKeys(body, ["oversize_handling"]);
      return { kind, limitBytes, oversize: oversizeOf(body) };
    default:
      onlyKeys(body, []);
      return { kind: kind === "uri_path" ? "path" : kind === "query_string" ? "query" : "method" };
  }
}

function oversizeOf(body: Block) {
  const given = text(body, "oversize_handling") ?? "CONTINUE";
  const known = (["CONTINUE", "MATCH", "NO_MATCH"] as const).find((each) => each === given);
  return required(known, body, `oversize_handling ${given}`);
}
