import type { z } from "zod";
import { crossFieldRules } from "./rules";
import { type Shape, shape } from "./shape";

/** Strict: an unknown key is a problem. Contradictions between fields are found even where other fields are wrong. */
export const environmentSchema = crossFieldRules.reduce(
  (schema, rule) =>
    schema.refine((config) => rule.problem(config) === undefined, {
      path: [...rule.path],
      when: ({ issues }) =>
        !issues.some((issue) => !isRemark(issue) && rule.needs.some((need) => touches(issue.path ?? [], need))),
      error: ({ input }) => rule.problem(input as Shape) ?? "",
      params: { sentence: true },
    }),
  shape,
);

/** An unknown key, or a sentence of another rule: neither makes a field unreadable. */
const isRemark = (issue: z.core.$ZodRawIssue): boolean =>
  issue.code === "unrecognized_keys" || (issue.code === "custom" && issue.params?.sentence === true);

/** True if a problem at `path` makes the field `need` (dotted) unreadable. */
function touches(path: readonly PropertyKey[], need: string): boolean {
  const wanted = need.split(".");
  const shared = Math.min(path.length, wanted.length);
  return wanted.slice(0, shared).every((key, index) => key === path[index]);
}

/** What an operator writes. */
export type Environment = z.input<typeof environmentSchema>;
/** What stacks receive: every field present. */
export type Config = z.output<typeof environmentSchema>;
