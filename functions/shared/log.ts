import { Logger } from "@aws-lambda-powertools/logger";

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Structured log. Fields are named one by one at each call: no event, header, token or body ever goes in whole. */
export interface Log {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
}

/** Powertools logger; `correlate` sets the id that each following line carries. */
export function powertoolsLog(): { readonly log: Log; readonly correlate: (id: string) => void } {
  const logger = new Logger();
  return { log: logger, correlate: (id) => logger.setCorrelationId(id) };
}

/** What may be logged of an error: its name, an HTTP status it carries, and where it was thrown.
 *
 * Not its message: a JSON or schema error quotes the text that it could not read.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
  return {
    errorName: error.name,
    ...("status" in error && typeof error.status === "number" && { status: error.status }),
    frames: frames.slice(0, 5).map((line) => line.trim()),
  };
}
