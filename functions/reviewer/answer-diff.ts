import { GithubError } from "../shared/github";
import type { RecordMetrics } from "../shared/metrics";
import type { Review } from "../shared/review";
import type { DailyLimit } from "./daily-limit";
import type { ReviewModel } from "./model";
import type { PullRequest } from "./pull-request";
import type { ReviewOutput } from "./review-output";
import type { Hold } from "./review-store";

export type Answer = ReviewOutput & { readonly truncated: boolean };

export interface AnswerDependencies {
  readonly model: ReviewModel;
  readonly takeDailyReview: DailyLimit;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly record: RecordMetrics;
}

export interface Change {
  readonly base: string;
  readonly head: string;
  /** Commit to review; the head, unless the pull request has moved on. */
  readonly commit: string;
}

/** How a review ends without an answer. */
type Ending =
  | { readonly status: "refused"; readonly reason: NonNullable<Review["reason"]> }
  | { readonly status: "superseded" };

/** Has the model review a commit's diff and stores the answer, or stores why there is none. */
export async function answerDiff(
  pull: PullRequest,
  change: Change,
  hold: Hold,
  { model, takeDailyReview, nowMs, record }: AnswerDependencies,
): Promise<Answer | Ending["status"]> {
  const end = async (ending: Ending) => {
    await hold.update({ ...ending, leaseUntil: 0 });
    if (ending.status === "refused") record("Service", "review", { ReviewRefused: 1 });
    return ending.status;
  };

  const diff = await diffOrEnding(pull, change);
  if ("status" in diff) return end(diff);
  if (!(await takeDailyReview())) return end({ status: "refused", reason: "daily-limit" });

  const answer = { ...(await model(diff.text, diff.truncated)), truncated: diff.truncated };
  const completedAt = new Date(nowMs()).toISOString();
  await hold.update({ status: "completed", completedAt, ...answer, commentState: "posting" });
  return answer;
}

async function diffOrEnding(
  pull: PullRequest,
  { base, head, commit }: Change,
): Promise<{ readonly text: string; readonly truncated: boolean } | Ending> {
  try {
    const diff = await pull.diff(base, commit);
    return diff.text.trim() === "" ? { status: "refused", reason: "empty-diff" } : diff;
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    // GitHub makes no diff of more than 20,000 lines (REST API, "Get a pull request", status 406).
    if (error.status === 406) return { status: "refused", reason: "diff-too-large" };
    // A commit that a forced push has removed. The head itself is there, so its 404 is a fault that passes.
    if (error.status === 404 && commit !== head) return { status: "superseded" };
    throw error;
  }
}
