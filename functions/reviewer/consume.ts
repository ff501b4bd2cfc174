import { errorFields, type Log } from "../shared/log";

/** The parts of an SQS event that are read. */
export interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** Messages that stay in the queue; Lambda deletes all others (ReportBatchItemFailures). */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Works through a batch one message after the other; one that fails keeps the others from nothing. */
export async function consume(
  event: QueueEvent,
  work: (body: string) => Promise<string>,
  log: Log,
): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      log.info("message-done", { messageId, outcome: await work(body) });
    } catch (error) {
      log.error("message-failed", { messageId, ...errorFields(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
