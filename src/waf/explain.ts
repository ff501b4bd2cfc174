import type { Component, Inspection } from "./inspection";
import { holds, type Labelled } from "./matching";
import type { Condition } from "./read-statement";

/** The parts of a condition that made it hold, or not, as lines of text; alternatives that do not matter are left out. */
export function explain(condition: Condition, labelled: Labelled): string[] {
  const result = holds(condition, labelled);
  switch (condition.kind) {
    case "and":
    case "or": {
      // Of an AND that fails and an OR that holds, the parts that say so are enough.
      const telling = condition.parts.filter((part) => holds(part, labelled) === result);
      return telling.flatMap((part) => explain(part, labelled));
    }
    case "not":
      return explain(condition.part, labelled);
    default:
      return [`${sentence(condition)}: ${result ? "yes" : "no"}`];
  }
}

function sentence(condition: Exclude<Condition, { kind: "and" | "or" | "not" }>): string {
  switch (condition.kind) {
    case "country":
      return `the country is one of ${condition.codes.join(", ")}`;
    case "address":
      return `the address is in ${condition.setName} (${condition.ranges.length} ranges)`;
    case "label":
      return `it carries the label ${condition.label}`;
    case "bytes":
      return `${subject(condition.inspection)} ${positions[condition.position]} ${JSON.stringify(condition.search)}`;
    case "pattern":
      return `${subject(condition.inspection)} matches ${condition.pattern.source}`;
    case "size":
      return `${subject(condition.inspection)} has a size ${condition.operator} ${condition.size}`;
  }
}

const positions = {
  EXACTLY: "is exactly",
  STARTS_WITH: "begins with",
  ENDS_WITH: "ends with",
  CONTAINS: "contains",
} as const;

function subject({ component, transformations }: Inspection): string {
  const steps = transformations.filter((name) => name !== "NONE");
  return `the ${componentName(component)}${steps.length > 0 ? ` after ${steps.join(", ")}` : ""}`;
}

const componentName = (component: Component): string =>
  component.kind === "header" ? `header ${component.name}` : component.kind;
