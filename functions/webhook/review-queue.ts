import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { MessageSource, ReviewMessage } from "../shared/review-message";

/** Accepts bodies for the reviewer. */
export interface ReviewQueue {
  enqueue(input: QueuedBody): Promise<void>;
}

export interface QueuedBody {
  readonly source: MessageSource;
  readonly deliveryId: string;
  readonly acceptedAt: Date;
  /** JSON text. */
  readonly body: string;
  readonly bodySha256: string;
}

/** Bodies above this go to the bucket.
 *
 * A JSON text doubles at most when it is quoted in a message, and a message holds 262,144 bytes.
 */
export const maxInlineBytes = 102_400;

/** Queue that keeps large bodies in the bucket, under a name made of their content. */
export function reviewQueue(props: {
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly queueUrl: string;
  readonly bucket: string;
}): ReviewQueue {
  const store = async ({ source, body, bodySha256 }: QueuedBody): Promise<string> => {
    const key = `deliveries/${source}/${bodySha256}.json`;
    const object = { Bucket: props.bucket, Key: key, Body: body, ContentType: "application/json" };
    await props.s3.send(new PutObjectCommand(object));
    return key;
  };

  return {
    async enqueue(input) {
      const { source, deliveryId, body } = input;
      const head = { source, deliveryId, acceptedAt: input.acceptedAt.toISOString() };
      const large = Buffer.byteLength(body) > maxInlineBytes;
      const message: ReviewMessage = large ? { ...head, bodyObjectKey: await store(input) } : { ...head, body };
      await props.sqs.send(new SendMessageCommand({ QueueUrl: props.queueUrl, MessageBody: JSON.stringify(message) }));
    },
  };
}
