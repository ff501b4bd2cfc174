import { blocks, text, texts, value } from "../terraform/blocks";
import type { Block } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { type AddressRange, addressRange } from "./address-ranges";
import { type Inspection, readInspection } from "./inspection";
import { onlyKey, onlyKeys, theBlock, theNumber, theText } from "./known";

/** A statement as AWS WAF will apply it, with its references resolved. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition }
  | { readonly kind: "country"; readonly codes: readonly string[] }
  | { readonly kind: "address"; readonly setName: string; readonly ranges: readonly AddressRange[] }
  /** By the label's full name. */
  | { readonly kind: "label"; readonly label: string }
  | { readonly kind: "bytes"; readonly inspection: Inspection; readonly position: Position; readonly search: string }
  | { readonly kind: "pattern"; readonly inspection: Inspection; readonly pattern: RegExp }
  | { readonly kind: "size"; readonly inspection: Inspection; readonly operator: Operator; readonly size: number };

const positions = ["EXACTLY", "STARTS_WITH", "ENDS_WITH", "CONTAINS"] as const;
const operators = ["EQ", "NE", "LE", "LT", "GE", "GT"] as const;
export type Position = (typeof positions)[number];
export type Operator = (typeof operators)[number];

/** What a statement needs to know of its web ACL. */
export interface Surroundings {
  readonly bodyLimitBytes: number;
  /** Full name of a label that the ACL's own rules put on. */
  readonly ownLabel: (name: string) => string;
}

const kinds = [
  "and_statement",
  "or_statement",
  "not_statement",
  "geo_match_statement",
  "ip_set_reference_statement",
  "label_match_statement",
  "byte_match_statement",
  "regex_match_statement",
  "size_constraint_statement",
] as const;

/** Reads what stands in a `statement` block. Throws for every kind, field, name or reference that is not known. */
export function readStatement(statement: Block, surroundings: Surroundings): Condition {
  const kind = onlyKey(statement, kinds, "statement");
  const body = theBlock(statement, kind);
  const inner = () => {
    onlyKeys(body, ["statement"]);
    return blocks(body, "statement").map((part) => readStatement(part, surroundings));
  };
  const inspection = (...more: string[]) => {
    onlyKeys(body, ["field_to_match", "text_transformation", ...more]);
    return readInspection(body, surroundings.bodyLimitBytes);
  };
  switch (kind) {
    case "and_statement":
    case "or_statement": {
      const parts = inner();
      if (parts.length < 2) throw new UnreadableError(body.address, "it must hold two statements or more");
      return { kind: kind === "and_statement" ? "and" : "or", parts };
    }
    case "not_statement": {
      const [part, second] = inner();
      if (!part || second) throw new UnreadableError(body.address, "it must hold exactly one statement");
      return { kind: "not", part };
    }
    case "geo_match_statement":
      onlyKeys(body, ["country_codes"]);
      return { kind: "country", codes: texts(body, "country_codes") };
    case "ip_set_reference_statement":
      onlyKeys(body, ["arn"]);
      return readAddressSet(body);
    case "label_match_statement":
      return readLabel(body, surroundings);
    case "byte_match_statement":
      return {
        kind: "bytes",
        inspection: inspection("positional_constraint", "search_string"),
        position: oneOf(positions, body, "positional_constraint"),
        search: Buffer.from(theText(body, "search_string")).toString("latin1"),
      };
    case "regex_match_statement":
      return { kind: "pattern", inspection: inspection("regex_string"), pattern: readPattern(body) };
    case "size_constraint_statement":
      return {
        kind: "size",
        inspection: inspection("comparison_operator", "size"),
        operator: oneOf(operators, body, "comparison_operator"),
        size: theNumber(body, "size"),
      };
  }
}

function readAddressSet(body: Block): Condition {
  const arn = value(body, "arn");
  if (arn?.kind !== "reference" || arn.resource.type !== "aws_wafv2_ip_set" || arn.attribute !== "arn") {
    throw new UnreadableError(`${body.address}.arn`, "it must be the ARN of an aws_wafv2_ip_set of the same JSON");
  }
  const { resource } = arn;
  const ranges = texts(resource, "addresses").map((cidr) => {
    try {
      return addressRange(cidr);
    } catch (error) {
      throw new UnreadableError(`${resource.address}.addresses`, (error as Error).message);
    }
  });
  return { kind: "address", setName: theText(resource, "name"), ranges };
}

function readLabel(body: Block, { ownLabel }: Surroundings): Condition {
  onlyKeys(body, ["key", "scope"]);
  const key = theText(body, "key");
  const scope = text(body, "scope");
  if (scope !== "LABEL") throw new UnreadableError(`${body.address}.scope`, `${scope} is not known; known is LABEL`);
  return { kind: "label", label: key.startsWith("awswaf:") ? key : ownLabel(key) };
}

/** A pattern that means the same to RE2, which AWS WAF uses, as to JavaScript. */
function readPattern(body: Block): RegExp {
  const written = theText(body, "regex_string");
  const [, flag, pattern = ""] = /^(\(\?i\))?(.*)$/s.exec(written) ?? [];
  if (/\(\?(?!:)|\\[1-9pPkKQEAzZsSbBCxuc]|[^ -~]/.test(pattern)) {
    throw new UnreadableError(`${body.address}.regex_string`, `${written} may mean something else to AWS WAF`);
  }
  try {
    return new RegExp(pattern, flag ? "i" : "");
  } catch (error) {
    throw new UnreadableError(`${body.address}.regex_string`, (error as Error).message);
  }
}

function oneOf<T extends string>(known: readonly T[], body: Block, name: string): T {
  const given = theText(body, name);
  const found = known.find((each) => each === given);
  if (found !== undefined) return found;
  throw new UnreadableError(`${body.address}.${name}`, `${given} is not known; known are ${known.join(", ")}`);
}
