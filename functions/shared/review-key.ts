import * as z from "zod";
import { commitHash, pullRequestNumber, repository } from "./repository";

/** What a review is about; there is one review for it. */
export interface ReviewSubject {
  readonly repository: string;
  readonly pullRequest: number;
  readonly commit: string;
}

/** Primary key of a review. The number has eight digits so that a repository's pull requests sort by it. */
export function reviewKey({ repository, pullRequest, commit }: ReviewSubject) {
  return { pk: partition(repository), sk: `PR#${String(pullRequest).padStart(8, "0")}#${commit}` };
}

/** Primary key of a run. It stands beside the reviews, because a run may end before the review of its commit begins. */
export function runKey({ repository, commit, runId }: { repository: string; commit: string; runId: string }) {
  return { pk: partition(repository), sk: `${runPrefix(commit)}${runId}` };
}

/** Start of the sort keys of a commit's runs. */
export function runPrefix(commit: string): string {
  return `RUN#${commit}#`;
}

export function partition(repository: string): string {
  return `REPO#${repository}`;
}

/** Opaque id of a review, safe in an address. */
export function reviewId({ repository, pullRequest, commit }: ReviewSubject): string {
  return Buffer.from(`${repository}#${pullRequest}#${commit}`).toString("base64url");
}

/** The subject an id stands for; refuses every text that is not exactly the id of a subject. */
export const reviewIdText = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,300}$/)
  .transform((id, context): ReviewSubject => {
    const [repositoryText, number, commit] = Buffer.from(id, "base64url").toString("utf8").split("#");
    const subject = z
      .object({ repository, pullRequest: pullRequestNumber, commit: commitHash })
      .safeParse({ repository: repositoryText, pullRequest: Number(number), commit });
    if (subject.success && reviewId(subject.data) === id) return subject.data;
    context.addIssue({ code: "custom", message: "is not the id of a review" });
    return z.NEVER;
  });
