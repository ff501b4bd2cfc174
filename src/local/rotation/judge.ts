import type { DeliveryAttempt } from "../../../functions/shared/github-hook";
import type { Call } from "../stand-ins/server";
import type { Phase, Sent } from "./traffic";

/** How many deliveries were sent in each phase. */
export function perPhase(sent: readonly Sent[]): Readonly<Record<Phase, number>> {
  const count = (phase: Phase) => sent.filter((each) => each.phase === phase).length;
  return { before: count("before"), during: count("during"), after: count("after") };
}

/** The attempts that the receiver has not taken, but for those at deliveries that were made to fail. */
export function refusals(
  attempts: readonly DeliveryAttempt[],
  madeToFail: readonly string[],
): readonly DeliveryAttempt[] {
  return attempts.filter(
    ({ guid, statusCode }) => !madeToFail.includes(guid) && !(statusCode >= 200 && statusCode < 300),
  );
}

/** Pull requests of a repository that do not have exactly one comment, of those that were sent; empty where all have. */
export function notReviewedOnce(
  repository: string,
  pullRequests: readonly number[],
  calls: readonly Call[],
): Readonly<{ missing: readonly number[]; repeated: readonly number[] }> {
  const comments = (pullRequest: number) =>
    calls.filter(
      ({ method, path, status }) =>
        method === "POST" && status === 201 && path === `/repos/${repository}/issues/${pullRequest}/comments`,
    ).length;
  return {
    missing: pullRequests.filter((each) => comments(each) === 0),
    repeated: pullRequests.filter((each) => comments(each) > 1),
  };
}
