import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import type { Config } from "../../src/config/schema";
import type { LambdaCode } from "../../src/service/lambda-bundle";
import type { NetworkOutputs } from "../../src/stacks/outputs";
import { ServiceStack } from "../../src/stacks/service-stack";
import { type Estate, estateOf, stackFacts } from "../../src/terraform/estate";
import type { TerraformJson } from "../support/synthesize";

/** A file in place of a bundle; only its name and hashes reach the JSON. */
export function fixtureCode(): LambdaCode {
  const path = join(mkdtempSync(join(tmpdir(), "code-")), "function.zip");
  writeFileSync(path, "not read by anything");
  return { path, assetHash: "0f".repeat(32), sourceCodeHash: "c291cmNlIGNvZGUgaGFzaA==" };
}

export const network: NetworkOutputs = {
  vpcId: "vpc-1",
  privateSubnetIds: ["subnet-a", "subnet-b"],
  functionsGroupId: "sg-functions",
  functionsEgressGroupId: "sg-egress",
  githubPrefixListId: undefined,
};

export const data = {
  dataKeyArn: "key/data",
  drDataKeyArn: "key/data-dr",
  secretsKeyArn: "key/secrets",
  messagesKeyArn: "key/messages",
  logsKeyArn: "key/logs",
  functionsKeyArn: "key/functions",
  githubWebhookSecretArn: "secret/github-webhook",
  spaceliftWebhookSecretArn: "secret/spacelift-webhook",
  githubAppSecretArn: "secret/github-app",
  secretArn: (noun: string) => `secret/${noun}`,
};

/** The service stack of an example environment, between made-up neighbours. */
export const serviceStack = (environment: string): TerraformJson => JSON.parse(synthesized(environment));

/** The same, as the proofs read it. */
export const serviceEstate = (environment: string): Estate =>
  estateOf([stackFacts("service", JSON.parse(synthesized(environment)))]);

/** The service stack of a configuration. */
export function serviceStackOf(config: Config, around: NetworkOutputs = network): TerraformJson {
  const app = new App({ stackTraces: false, skipValidation: true });
  const code = fixtureCode();
  return JSON.parse(Testing.synth(new ServiceStack(app, config, { network: around, data, code: () => code })));
}

const texts = new Map<string, string>();

function synthesized(environment: string): string {
  const known = texts.get(environment);
  if (known !== undefined) return known;
  const text = JSON.stringify(serviceStackOf(loadEnvironment(environment)));
  texts.set(environment, text);
  return text;
}
