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
      return issue.origin === "array"
        ? `at least ${issue.minimum} entry`
        : bound("at least", "more than", issue.inclusive, issue.minimum, issue.origin);
    case "too_big":
      return bound("at most", "less than", issue.inclusive, issue.maximum, issue.origin);
    case "invalid_value":
      return `one of ${issue.values.map(show).join(", ")}`;
    case "invalid_union":
      return Array.isArray(issue.options) ? `one of ${issue.options.map(show).join(", ")}` : "another form";
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
  return `${inclusive === false ? beyond : atLeast} ${limit}${origin === "string" ? (limit === 1 ? " character" : " characters") : ""}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

const dotted = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index ? "." : ""}${String(key)}`)).join("");

/** One sentence or more a problem: what was given, what is allowed, where to change it. */
export function sentences(issues: readonly Issue[], file: string): string[] {
  const all = issues.map((issue) => {
    const field = dotted(issue.path);
    if (issue.code === "unrecognized_keys") {
      const unknown = issue.keys.map((key) => dotted([...issue.path, key])).join(", ");
      return `${unknown} ${issue.keys.length > 1 ? "are not known keys" : "is not a known key"}. Remove or correct it in ${file}.`;
    }
    if (issue.code === "custom" && issue.params?.sentence) return `${issue.message} Set it in ${file}.`;
    const value = issue.code === "invalid_union" ? discriminatorOf(issue) : issue.input;
    const given = value === undefined ? "is missing" : `is ${show(value)}`;
    return `${field || "the environment"} ${given}; allowed is ${issue.message}. Set it in ${file}.`;
  });
  return [...new Set(all)];
}

function discriminatorOf(issue: Issue & { code: "invalid_union" }): unknown {
  const { input } = issue;
  const key = issue.path.at(-1);
  return typeof input === "object" && input !== null && key !== undefined ? Reflect.get(input, key) : input;
}
