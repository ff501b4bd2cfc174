import type { RecordMetrics } from "../shared/metrics";
import type { Answer } from "./answer-diff";
import { commentMarker, commentText } from "./comment-text";
import type { PullRequest } from "./pull-request";
import type { Hold } from "./review-store";

export interface Posting {
  readonly reviewId: string;
  readonly pull: PullRequest;
  readonly hold: Hold;
  readonly answer: Answer;
  /** Set where an earlier attempt was stopped between storing the review and knowing that its comment is posted. */
  readonly mayBePostedSince?: string;
}

/** Posts a review's comment once: where an earlier attempt may have done it, looks at GitHub first. */
export async function postComment({ reviewId, pull, hold, answer, mayBePostedSince }: Posting): Promise<void> {
  try {
    const earlier = mayBePostedSince && (await pull.findComment(commentMarker(reviewId), mayBePostedSince));
    const commentUrl = earlier || (await pull.comment(commentText(reviewId, answer)));
    await hold.update({ status: "completed", commentState: "posted", commentUrl, leaseUntil: 0 });
  } catch (error) {
    // The next attempt need not wait for the lease; where even this fails, it waits.
    await hold.update({ leaseUntil: 0 }).catch(() => undefined);
    throw error;
  }
}

/** Samples of the time from the accepted delivery to the posted comment, against the limits of the objective. */
export function recordDuration(record: RecordMetrics, acceptedAt: string, nowMs: number): void {
  const seconds = (nowMs - Date.parse(acceptedAt)) / 1000;
  const missed = (limitSeconds: number) => (seconds >= limitSeconds ? 1 : 0);
  record("Service", "review", { ReviewSlow120: missed(120), ReviewSlow300: missed(300), ReviewSlow600: missed(600) });
}
