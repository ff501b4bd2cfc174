import { setTimeout } from "node:timers/promises";
import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { patientClient } from "../shared/aws-client";
import { readEnvironment } from "../shared/environment";
import { errorFields, powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { ipSets } from "./ip-sets";
import { publishedHooks } from "./published";
import { syncGithubIps } from "./sync";

const environment = readEnvironment("sync-github-ips", process.env);
const { log, correlate } = powertoolsLog();
const record = metricsRecorder();

/** AWS WAF takes one write a second of an account and region; a little more, for clocks differ. */
const writePaceMs = 1_100;

const ports = {
  ...ipSets(new WAFV2Client(patientClient), {
    v4: { Name: environment.GITHUB_IPV4_SET_NAME, Id: environment.GITHUB_IPV4_SET_ID },
    v6: { Name: environment.GITHUB_IPV6_SET_NAME, Id: environment.GITHUB_IPV6_SET_ID },
  }),
  published: () => publishedHooks(environment.GITHUB_API_BASE_URL),
  pause: async () => {
    await setTimeout(writePaceMs);
  },
  record,
  log,
};

/** Keeps the firewall's sets of GitHub's addresses, every hour; a run that changes nothing for a fault fails. */
export async function handler(_event: unknown, invocation: { readonly awsRequestId: string }): Promise<void> {
  correlate(invocation.awsRequestId);
  try {
    await syncGithubIps(ports);
  } catch (error) {
    log.error("github-ips-not-synced", errorFields(error));
    throw error;
  }
}
