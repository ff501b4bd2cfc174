import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { pullRequestEvent } from "../shared/github-event";
import { parseJson } from "../shared/json";
import { commitHash, pullRequestNumber, repository } from "../shared/repository";
import { reviewMessage } from "../shared/review-message";
import { type RunEvent, runEvent } from "../shared/spacelift-event";

/** A review to be made. */
export interface ReviewRequest {
  readonly repository: string;
  readonly pullRequest: number;
  /** Absent: the head of the pull request. */
  readonly commit?: string | undefined;
  /** Absent where the webhook is not the App's own, and in submissions. */
  readonly installationId?: number | undefined;
  /** ISO 8601. */
  readonly acceptedAt: string;
}

export type Work = { readonly review: ReviewRequest } | { readonly run: RunEvent };

const submission = z.object({ repository, pullRequest: pullRequestNumber, commit: commitHash.optional() });

/** What a message of the queue asks for; fetches the body where it lies in the bucket. Throws if it cannot be read. */
export async function readMessage(text: string, s3: S3Client, bucket: string): Promise<Work> {
  const message = reviewMessage.parse(parseJson(text));
  const body = parseJson("body" in message ? message.body : await objectText(s3, bucket, message.bodyObjectKey));
  const { acceptedAt } = message;
  switch (message.source) {
    case "spacelift":
      return { run: runEvent.parse(body) };
    case "submission":
      return { review: { ...submission.parse(body), acceptedAt } };
    case "github": {
      const event = pullRequestEvent.parse(body);
      const subject = { repository: event.repository.full_name, pullRequest: event.number };
      const commit = event.pull_request.head.sha;
      return { review: { ...subject, commit, installationId: event.installation?.id, acceptedAt } };
    }
  }
}

async function objectText(s3: S3Client, bucket: string, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await Body?.transformToString("utf8")) ?? "";
}
