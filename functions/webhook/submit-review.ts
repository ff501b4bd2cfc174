import { createHash } from "node:crypto";
import * as z from "zod";
import { allowedOperations } from "../../src/security/entra";
import { callerRoles, type HttpEvent, rawBody } from "../shared/http-event";
import { parseJson } from "../shared/json";
import { errorFields, type Log } from "../shared/log";
import { type HttpAnswer, invalidInput, json, problem, retrySoon } from "../shared/problem";
import { commitHash, pullRequestNumber, repository } from "../shared/repository";
import type { ReviewQueue } from "./review-queue";

/** Body of a submission; without a commit the pull request's head is reviewed. */
export const submission = z.strictObject({
  repository,
  pullRequest: pullRequestNumber,
  commit: commitHash.optional(),
});

export interface SubmissionDependencies {
  readonly queue: ReviewQueue;
  readonly clock: () => Date;
  readonly log: Log;
}

/** Queues a review that a signed-in caller asks for; the reviewer reviews a commit once however often it is asked. */
export async function submitReview(
  event: HttpEvent,
  { queue, clock, log }: SubmissionDependencies,
): Promise<HttpAnswer> {
  if (!allowedOperations(callerRoles(event)).has("submitReview")) return problem(403, "Your roles do not allow this.");
  const parsed = submission.safeParse(parseJson(rawBody(event).toString("utf8")));
  if (!parsed.success) return invalidInput(parsed.error);

  const body = JSON.stringify(parsed.data);
  const bodySha256 = createHash("sha256").update(body).digest("hex");
  const deliveryId = event.requestContext.requestId;
  try {
    await queue.enqueue({ source: "submission", deliveryId, acceptedAt: clock(), body, bodySha256 });
  } catch (error) {
    log.error("submission-failed", errorFields(error));
    return problem(503, "The review could not be queued.", retrySoon);
  }
  return json(202, { status: "queued" });
}
