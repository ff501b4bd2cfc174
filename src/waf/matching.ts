import { UnreadableError } from "../terraform/unreadable";
import { inRanges } from "./address-ranges";
import type { Component, Inspection } from "./inspection";
import type { Condition, Operator, Position } from "./read-statement";
import { headerValues, type WafRequest } from "./request";
import { transformations } from "./transformations";

/** A request and what earlier rules have put on it. */
export interface Labelled {
  readonly request: WafRequest;
  readonly labels: ReadonlySet<string>;
}

/** Whether a condition holds for a request. A request without the inspected component does not match. */
export function holds(condition: Condition, labelled: Labelled): boolean {
  const { request, labels } = labelled;
  switch (condition.kind) {
    case "and":
      return condition.parts.every((part) => holds(part, labelled));
    case "or":
      return condition.parts.some((part) => holds(part, labelled));
    case "not":
      return !holds(condition.part, labelled);
    case "country":
      return request.country !== undefined && condition.codes.includes(request.country);
    case "address":
      return inRanges(request.sourceIp, condition.ranges);
    case "label":
      return labels.has(condition.label);
    case "bytes":
      return inspect(condition.inspection, request, (seen) => compare[condition.position](seen, condition.search));
    case "pattern":
      return inspect(condition.inspection, request, (seen) => condition.pattern.test(seen));
    case "size":
      return inspect(condition.inspection, request, (seen) => measure[condition.operator](seen.length, condition.size));
  }
}

const compare: Readonly<Record<Position, (seen: string, search: string) => boolean>> = {
  EXACTLY: (seen, search) => seen === search,
  STARTS_WITH: (seen, search) => seen.startsWith(search),
  ENDS_WITH: (seen, search) => seen.endsWith(search),
  CONTAINS: (seen, search) => seen.includes(search),
};

const measure: Readonly<Record<Operator, (bytes: number, size: number) => boolean>> = {
  EQ: (bytes, size) => bytes === size,
  NE: (bytes, size) => bytes !== size,
  LE: (bytes, size) => bytes <= size,
  LT: (bytes, size) => bytes < size,
  GE: (bytes, size) => bytes >= size,
  GT: (bytes, size) => bytes > size,
};

function inspect({ at, component, ...how }: Inspection, request: WafRequest, test: (seen: string) => boolean): boolean {
  if (component.kind === "body" && request.body.bytes > component.limitBytes && component.oversize !== "CONTINUE") {
    return component.oversize === "MATCH";
  }
  const raw = read(component, request, at);
  if (raw === undefined) return false;
  const matches = test(how.transformations.reduce((seen, name) => transformed(seen, name, at), raw));
  if (matches && raw === "" && (component.kind === "query" || component.kind === "body")) {
    throw new UnreadableError(at, `AWS does not say whether an empty ${component.kind} is one that is missing`);
  }
  return matches;
}

function transformed(seen: string, name: string, at: string): string {
  try {
    return transformations[name]?.(seen) ?? "";
  } catch (error) {
    throw new UnreadableError(at, (error as Error).message);
  }
}

/** A component's bytes, one character each; undefined where the request has none. */
function read(component: Component, request: WafRequest, at: string): string | undefined {
  switch (component.kind) {
    case "path":
      return bytesOf(request.path);
    case "query":
      return bytesOf(request.query);
    case "method":
      return request.method;
    case "header": {
      const [value, second] = headerValues(request, component.name);
      if (second !== undefined) {
        throw new UnreadableError(at, `the header ${component.name} is repeated; how AWS WAF joins it is not known`);
      }
      return value === undefined ? undefined : bytesOf(value);
    }
    case "body": {
      const { bytes, content } = request.body;
      if (bytes > 0 && content === undefined) throw new UnreadableError(at, "the request's body is not given");
      return (content ?? "").slice(0, component.limitBytes);
    }
  }
}

const bytesOf = (text: string) => (/^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString("latin1"));
