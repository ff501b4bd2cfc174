import { setTimeout } from "node:timers/promises";
import { EC2Client } from "@aws-sdk/client-ec2";
import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { patientClient } from "../shared/aws-client";
import { prefixListVariable, readEnvironment } from "../shared/environment";
import { errorFields, powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { ipSets } from "./ip-sets";
import { prefixList } from "./prefix-list";
import { publishedAddresses } from "./published";
import { syncGithubIps } from "./sync";

const environment = readEnvironment("sync-github-ips", process.env);
const { log, correlate } = powertoolsLog();
const record = metricsRecorder();

/** AWS WAF takes one write a second of an account and region; a little more, for clocks differ. */
const writePaceMs = 1_100;

const prefixListId = process.env[prefixListVariable];

const ports = {
  published: () => publishedAddresses(environment.GITHUB_API_BASE_URL),
  sets: {
    ...ipSets(new WAFV2Client(patientClient), {
      v4: { Name: environment.GITHUB_IPV4_SET_NAME, Id: environment.GITHUB_IPV4_SET_ID },
      v6: { Name: environment.GITHUB_IPV6_SET_NAME, Id: environment.GITHUB_IPV6_SET_ID },
    }),
    pause: async () => {
      await setTimeout(writePaceMs);
    },
  },
  list: prefixListId ? prefixList(new EC2Client(patientClient), prefixListId) : undefined,
  record,
  log,
};

/** Keeps what the platform knows of GitHub's addresses, every hour; a run that changes nothing for a fault fails. */
export async function handler(_event: unknown, invocation: { readonly awsRequestId: string }): Promise<void> {
  correlate(invocation.awsRequestId);
  try {
    await syncGithubIps(ports);
  } catch (error) {
    log.error("github-ips-not-synced", errorFields(error));
    throw error;
  }
}
