import { NodeHttpHandler } from "@smithy/node-http-handler";

/** Time-outs in milliseconds; `throwOnRequestTimeout` because the SDK otherwise only warns and goes on waiting
 * (@smithy/node-http-handler, `setRequestTimeout`). */
function timeouts(connectionTimeout: number, requestTimeout: number) {
  return { connectionTimeout, requestTimeout, throwOnRequestTimeout: true } as const;
}

/** Client settings that end before API Gateway and the senders give up. */
export const promptClient = { maxAttempts: 2, requestHandler: timeouts(500, 1500) } as const;

/** Client settings of background work, where an attempt that succeeds late is better than none. */
export const patientClient = { maxAttempts: 5, requestHandler: timeouts(1000, 5000) } as const;

/** Client settings of a rotation step, which ends within the function's minute and is started again if it fails. */
export const rotationClient = { maxAttempts: 3, requestHandler: timeouts(1000, 3000) } as const;

/** Client settings for the model, which may think for a minute or two before the first byte.
 *
 * The SDK's Bedrock client speaks HTTP/2 unless it is given a handler; over HTTP/1.1 it has the same time-outs as the
 * others, and a plain local server can stand for it.
 */
export const modelClient = { maxAttempts: 3, requestHandler: new NodeHttpHandler(timeouts(1000, 150_000)) } as const;
