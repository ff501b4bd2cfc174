/** Runs `work` without the stack traces that CDKTF takes of every token it makes.
 *
 * Nothing reads them here, and taking them through ts-node's source maps is half the time of a synthesis. Errors that
 * `work` throws keep theirs: an error takes its own when it is made.
 */
export function withoutCreationStacks<T>(work: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => {};
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
