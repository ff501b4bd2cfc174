import * as z from "zod";
import { severities } from "../shared/review";
import { maxFindingCharacters, maxFindings, maxSummaryCharacters } from "./limits";

/** What the model must answer; longer texts and lists are cut rather than refused, since a refusal costs a new review. */
export const reviewOutput = z.object({
  summary: z
    .string()
    .min(1)
    .describe("What the change does and whether it is safe to merge, in a few sentences.")
    .transform((text) => text.slice(0, maxSummaryCharacters)),
  findings: z
    .array(
      z.object({
        path: z
          .string()
          .min(1)
          .describe("File of the new version, as in the diff.")
          .transform((text) => text.slice(0, 300)),
        line: z.int().min(1).optional().describe("Line of the new version."),
        severity: z.enum(severities),
        comment: z
          .string()
          .min(1)
          .describe("What is wrong and what to do instead.")
          .transform((text) => text.slice(0, maxFindingCharacters)),
      }),
    )
    .describe(`Defects only, most severe first, at most ${maxFindings}; empty where there are none.`)
    .transform((findings) => findings.slice(0, maxFindings)),
});

export type ReviewOutput = z.infer<typeof reviewOutput>;

/** The same as JSON Schema, for the model. */
export const reviewOutputSchema = z.toJSONSchema(reviewOutput, { io: "input", target: "draft-7" });
