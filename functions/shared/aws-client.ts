/** Client settings that end before API Gateway and the senders give up.
 *
 * Two attempts of at most 1.5 s each. `throwOnRequestTimeout` because the SDK otherwise only warns and goes on waiting
 * (@smithy/node-http-handler, `setRequestTimeout`).
 */
export const promptClient = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true },
} as const;

/** Client settings of background work, where an attempt that succeeds late is better than none. */
export const patientClient = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
} as const;

/** Client settings for the model, which may think for a minute or two before the first byte. */
export const modelClient = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 150_000, throwOnRequestTimeout: true },
} as const;
