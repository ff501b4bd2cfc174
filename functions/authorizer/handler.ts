import { powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { authorize, type TokenEvent } from "./authorize";
import { remoteKeySet } from "./key-set";
import type { AuthorizerAnswer } from "./policy";
import { tokenSettings } from "./settings";

const settings = tokenSettings(process.env);
const { log, correlate } = powertoolsLog();
const dependencies = {
  settings,
  keySet: remoteKeySet(settings.jwksUrl),
  clock: () => new Date(),
  record: metricsRecorder(),
  log,
};

/** Answers API Gateway whether a bearer token may call the API, and what. */
export function handler(event: TokenEvent, invocation: { readonly awsRequestId: string }): Promise<AuthorizerAnswer> {
  correlate(invocation.awsRequestId);
  return authorize(event, dependencies);
}
