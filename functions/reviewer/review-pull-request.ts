import { GithubError } from "../shared/github";
import { reviewId } from "../shared/review-key";
import { type AnswerDependencies, answerDiff } from "./answer-diff";
import { postComment, recordDuration } from "./post-comment";
import type { PullRequest } from "./pull-request";
import type { ReviewRequest } from "./read-message";
import type { ReviewStore } from "./review-store";

export interface ReviewDependencies extends AnswerDependencies {
  /** The pull request, by a token of the App; throws `NoAppKey` while the App has no key. */
  readonly pullRequest: (request: ReviewRequest) => Promise<PullRequest>;
  readonly store: ReviewStore;
  /** End of this invocation, after which it holds nothing any more. Epoch milliseconds. */
  readonly leaseUntilMs: number;
}

/** How a message ended for good. What may succeed later throws instead, and the message stays in the queue. */
export type Outcome = "posted" | "already-posted" | "refused" | "superseded" | "not-found";

/** Thrown where another worker holds the review. */
export class ReviewBusy extends Error {
  override readonly name = "ReviewBusy";
}

/** Reviews one commit of a pull request and posts one comment, however often it is asked and wherever it was stopped. */
export async function reviewPullRequest(request: ReviewRequest, dependencies: ReviewDependencies): Promise<Outcome> {
  const { store, leaseUntilMs, record, nowMs } = dependencies;
  const found = await findPullRequest(request, dependencies);
  if (!found) return "not-found";
  const { pull, base, head } = found;
  const commit = request.commit ?? head;
  const subject = { repository: request.repository, pullRequest: request.pullRequest, commit };

  const claim = await store.claim(subject, request.acceptedAt, leaseUntilMs);
  if (claim.kind === "posted") return "already-posted";
  if (claim.kind === "busy") throw new ReviewBusy("Another worker holds this review.");
  const { hold } = claim;

  if (claim.kind === "comment") {
    const { summary = "", findings = [], truncated = false, createdAt } = claim.stored;
    const answer = { summary, findings, truncated };
    await postComment({ reviewId: reviewId(subject), pull, hold, answer, mayBePostedSince: createdAt });
  } else {
    const answer = await answerDiff(pull, { base, head, commit }, hold, dependencies).catch(async (error: unknown) => {
      await hold.update({ status: "failed", leaseUntil: 0 }).catch(() => undefined);
      throw error;
    });
    if (typeof answer === "string") return answer;
    await postComment({ reviewId: reviewId(subject), pull, hold, answer });
  }
  recordDuration(record, request.acceptedAt, nowMs());
  return "posted";
}

/** The pull request, or `undefined` where the App does not see it: no retry will change that. */
async function findPullRequest(request: ReviewRequest, { pullRequest }: ReviewDependencies) {
  try {
    const pull = await pullRequest(request);
    return { pull, ...(await pull.commits()) };
  } catch (error) {
    if (error instanceof GithubError && error.status === 404) return undefined;
    throw error;
  }
}
