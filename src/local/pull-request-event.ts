import { loopbackUrl, ports } from "./ports";
import { HEAD_PATH } from "./stand-ins/github";

/** A commit that a pull request is at. */
export interface PullRequestHead {
  /** `owner/name` in lower case. */
  readonly repository: string;
  readonly pullRequest: number;
  /** 40 hexadecimal digits. */
  readonly commit: string;
}

/** The payload of a pull request that was opened, as far as the service reads it. */
export const openedEvent = ({ repository, pullRequest, commit }: PullRequestHead): string =>
  JSON.stringify({
    action: "opened",
    number: pullRequest,
    pull_request: { head: { sha: commit } },
    repository: { full_name: repository },
    installation: { id: 1 },
  });

/** Gives the GitHub stand-in this pull request, so that the reviewer finds it. */
export async function tellStandIn({ repository, pullRequest, commit }: PullRequestHead): Promise<void> {
  await fetch(`${loopbackUrl(ports.github)}${HEAD_PATH}`, {
    method: "POST",
    body: JSON.stringify({ pullRequest: `${repository}/${pullRequest}`, commit }),
  });
}
