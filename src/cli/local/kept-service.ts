import { CannotStart, isOurs } from "../../local/processes";
import { readSession, type Service } from "../../local/session";

/** The service of the kept run; throws the sentence that says how to start one. */
export function keptService(): Service {
  const session = readSession();
  if (session?.service && session.processes.every(isOurs)) return session.service;
  throw new CannotStart('No local run is kept running. Start one with "npm run local -- --keep".');
}
