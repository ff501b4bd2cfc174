import { inspect } from "node:util";
import type { z } from "zod";

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const articles: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** What may stand in a field, for every problem whose schema does not say so itself. */
export function allowed(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return articles[issue.expected] ?? String(issue.expected);
    case "too_small":
      return issue.minimum === 1 && (issue.origin === "string" || issue.origin === "array")
        ? `${articles[issue.origin]} that is not empty`
        : bound("at least", "more than", issue.inclusive, issue.minimum, issue.origin);
    case "too_big":
      return bound("at most", "less than", issue.inclusive, issue.maximum, issue.origin);
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return Array.isArray(issue.options) ? oneOf(issue.options) : "another form";
    default:
      return issue.code;
  }
}

function bound(
  atLeast: string,
  beyond: string,
  inclusive: boolean | undefined,
  limit: number | bigint,
  origin: string,
): string {
  return `${inclusive === false ? beyond : atLeast} ${limit}${{ string: " characters", array: " entries" }[origin] ?? ""}`;
}

const oneOf = (values: readonly unknown[]) => `${values.length > 1 ? "one of " : ""}${values.map(show).join(", ")}`;

function show(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : inspect(value, { breakLength: Infinity, depth: 2 });
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

const dotted = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index ? "." : ""}${String(key)}`)).join("");

/** One sentence or more a problem: what was given, what is allowed, where to change it. */
export function sentences(issues: readonly Issue[], file: string): string[] {
  const all = issues.filter(isFirstAtItsField).map((issue) => {
    const field = dotted(issue.path);
    if (issue.code === "unrecognized_keys") {
      const unknown = issue.keys.map((key) => dotted([...issue.path, key])).join(", ");
      return issue.keys.length > 1
        ? `${unknown} are not known keys. Remove or correct them in ${file}.`
        : `${unknown} is not a known key. Remove or correct it in ${file}.`;
    }
    if (issue.code === "custom" && issue.params?.sentence) return `${issue.message} Set it in ${file}.`;
    const value = issue.code === "invalid_union" ? discriminatorOf(issue) : issue.input;
    const given = value === undefined ? "is missing" : `is ${show(value)}`;
    return `${field || "the default export"} ${given}; allowed is ${issue.message}. Set it in ${file}.`;
  });
  return [...new Set(all)];
}

/** What is of the wrong kind often breaks a second rule, too; one sentence about a value is enough, but for contradictions. */
function isFirstAtItsField(issue: Issue, index: number, issues: readonly Issue[]): boolean {
  if (issue.code === "unrecognized_keys" || issue.code === "custom") return true;
  const field = dotted(issue.path);
  return issues.findIndex((other) => other.code !== "unrecognized_keys" && dotted(other.path) === field) === index;
}

function discriminatorOf(issue: Issue & { code: "invalid_union" }): unknown {
  const { input } = issue;
  const key = issue.path.at(-1);
  return typeof input === "object" && input !== null && key !== undefined ? Reflect.get(input, key) : input;
}
