import * as z from "zod";
import { commitHash, pullRequestNumber, repository } from "./repository";

/** Actions after which a pull request has code that nobody has reviewed. */
export const reviewedActions = ["opened", "synchronize", "reopened", "ready_for_review"] as const;

/** The parts of GitHub's `pull_request` event that a review needs; the rest is dropped. */
export const pullRequestEvent = z.object({
  action: z.enum(reviewedActions),
  number: pullRequestNumber,
  pull_request: z.object({ head: z.object({ sha: commitHash }) }),
  repository: z.object({ full_name: repository }),
  /** There where the webhook is the App's own. */
  installation: z.object({ id: z.int() }).optional(),
});

/** True where the event asks for a review, whether or not it can be read. */
export function asksForReview(eventName: string | undefined, payload: unknown): boolean {
  const { success } = z.object({ action: z.enum(reviewedActions) }).safeParse(payload);
  return eventName === "pull_request" && success;
}
