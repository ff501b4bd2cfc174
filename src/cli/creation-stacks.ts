/** Runs `work` without the stack traces that CDKTF takes of every token it makes.
 *
 * Nothing reads them here, and formatting them through ts-node's source maps is half the time of a synthesis. V8 formats
 * a trace when it is first read, so an error that `work` throws still shows where it came from.
 */
export function withoutCreationStacks<T>(work: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => "";
  try {
    return work();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
