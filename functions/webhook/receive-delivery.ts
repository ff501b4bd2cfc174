import { createHash } from "node:crypto";
import { type HttpEvent, headerValues, rawBody } from "../shared/http-event";
import { parseJson } from "../shared/json";
import type { KeyRing } from "../shared/key-ring";
import { errorFields, type Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import { type HttpAnswer, json, problem, retrySoon } from "../shared/problem";
import { verifyDelivery } from "../shared/webhook-verify";
import type { Delivery, DeliveryLog } from "./deliveries";
import type { ReviewQueue } from "./review-queue";
import { sources, type WebhookSource } from "./sources";

export interface DeliveryDependencies {
  readonly rings: Readonly<Record<WebhookSource, KeyRing>>;
  readonly deliveries: DeliveryLog;
  readonly queue: ReviewQueue;
  readonly clock: () => Date;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** Verifies a webhook delivery and queues it once.
 *
 * A failure of ours is a 503, never a 4xx or 500: GitHub's deliveries can be sent again, and Spacelift repeats a 5xx
 * only. Emits `WebhookRejected`, 1 for any answer but a 2xx.
 */
export async function receiveDelivery(
  source: WebhookSource,
  event: HttpEvent,
  dependencies: DeliveryDependencies,
): Promise<HttpAnswer> {
  const { record, log } = dependencies;
  const answer = await verifyAndQueue(source, event, dependencies).catch((error: unknown) => {
    log.error("delivery-failed", { source, ...errorFields(error) });
    return tryAgain("The delivery could not be stored.");
  });
  record("Source", source, { WebhookRejected: answer.statusCode < 300 ? 0 : 1 });
  return answer;
}

async function verifyAndQueue(source: WebhookSource, event: HttpEvent, dependencies: DeliveryDependencies) {
  const { rings, deliveries, record, log } = dependencies;
  const { signatureHeader, guid, purpose } = sources[source];
  const body = rawBody(event);

  const verification = await verifyDelivery({ signatures: headerValues(event, signatureHeader), body }, rings[source]);
  if (!verification.ok) {
    log.warn("webhook-rejected", { source, reason: verification.reason });
    if (verification.status === 401) {
      record("Source", source, { SignatureInvalid: 1 });
      return problem(401, `The signature was not accepted: ${verification.reason}.`);
    }
    record("Service", "webhook", { KeysUnavailable: 1 });
    return tryAgain("The signature cannot be checked now.");
  }
  await deliveries.keySeen(source, verification.versionId).catch((error: unknown) => {
    log.warn("key-sighting-lost", { source, ...errorFields(error) });
  });

  const text = body.toString("utf8");
  const payload = parseJson(text);
  const reason = payload === undefined ? "unreadable" : purpose(event, payload);
  if (reason === "unreadable") return problem(400, "The body is not a JSON event of the documented form.");
  if (reason === "ignored") return accepted("ignored");

  const bodySha256 = createHash("sha256").update(body).digest("hex");
  const id = guid(event);
  return queueOnce({ source, bodySha256, ...(id && { guid: id }) }, text, dependencies);
}

async function queueOnce(
  delivery: Delivery,
  body: string,
  { deliveries, queue, clock, record, log }: DeliveryDependencies,
) {
  const { source, bodySha256, guid } = delivery;
  const state = await deliveries.begin(delivery);
  if (state === "in-progress") return tryAgain("Another attempt at this delivery is under way.");
  if (state === "done") {
    record("Source", source, { ReplayDropped: 1 });
    return accepted("duplicate");
  }
  try {
    await queue.enqueue({ source, deliveryId: guid ?? bodySha256, acceptedAt: clock(), body, bodySha256 });
  } catch (error) {
    await deliveries.abandon(delivery).catch(() => log.warn("lease-kept", { source }));
    throw error;
  }
  // Queued is what counts: where this write fails the next attempt queues again, and the reviewer sees the same commit.
  await deliveries
    .finish(delivery)
    .catch((error: unknown) => log.warn("finish-lost", { source, ...errorFields(error) }));
  return accepted("queued");
}

function accepted(status: "queued" | "duplicate" | "ignored"): HttpAnswer {
  return json(202, { status });
}

function tryAgain(detail: string): HttpAnswer {
  return problem(503, detail, retrySoon);
}
