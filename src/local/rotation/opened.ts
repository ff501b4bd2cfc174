import { randomBytes } from "node:crypto";
import { loopbackUrl, ports } from "../ports";
import { openedEvent, tellStandIn } from "../pull-request-event";
import { callsOf } from "../stand-ins/server";
import { notReviewedOnce } from "./judge";

/** Pull requests of one repository that deliveries tell the service of, each of one. */
export interface OpenedPullRequests {
  /** The payload of one more; the reviewer must comment on it, unless its delivery is to be refused. */
  next(fate?: "refused"): Promise<string>;
  /** Those without exactly one comment, of those that must have it. */
  notReviewedOnce(): Promise<ReturnType<typeof notReviewedOnce>>;
}

/** So that the comments of the reviewer count what became of each delivery. */
export function openedPullRequests(repository: string): OpenedPullRequests {
  const reviewed: number[] = [];
  let last = 0;
  return {
    async next(fate) {
      last += 1;
      const head = { repository, pullRequest: last, commit: randomBytes(20).toString("hex") };
      await tellStandIn(head);
      if (fate !== "refused") reviewed.push(head.pullRequest);
      return openedEvent(head);
    },
    notReviewedOnce: async () => notReviewedOnce(repository, reviewed, await callsOf(loopbackUrl(ports.github))),
  };
}
