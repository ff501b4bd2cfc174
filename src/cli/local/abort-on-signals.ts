const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Aborts instead of dying on Ctrl-C, so that what was started can be ended first; returns how to stop listening. */
export function abortOnSignals(controller: AbortController): () => void {
  const abort = (signal: NodeJS.Signals) => controller.abort(new Error(`Interrupted by ${signal}.`));
  for (const signal of signals) process.on(signal, abort);
  return () => {
    for (const signal of signals) process.off(signal, abort);
  };
}
