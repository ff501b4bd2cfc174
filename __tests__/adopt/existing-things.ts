import production from "../../environments/production";
import { ConfigError, parseEnvironment } from "../../src/config/load";
import type { ExistingKind, Mode } from "../../src/config/ownership";
import type { Config } from "../../src/config/schema";

export const key = "arn:aws:kms:us-east-1:111122223333:key/6c0f5f1e-3d0b-4b58-9f4e-2a1c7d9e8b31";
export const queue = "arn:aws:sqs:us-east-1:111122223333:failures";

/** What this version synthesizes: for each kind of thing and hardening, the modes. */
export const offered: Readonly<Record<ExistingKind, Readonly<Record<string, readonly Mode[]>>>> = {
  "rest-api": { throttling: ["attach"], "web-acl": ["attach"], "resource-policy": ["verify"] },
  function: {
    "reserved-concurrency": ["adopt", "verify"],
    timeout: ["adopt", "verify"],
    tracing: ["adopt", "verify"],
    "environment-key": ["adopt", "verify"],
    "dead-letter-target": ["adopt", "verify"],
    vpc: ["verify"],
    "async-failures": ["attach"],
    "provisioned-concurrency": ["attach"],
    "recursion-guard": ["attach"],
  },
  table: {
    "point-in-time-recovery": ["adopt", "verify"],
    "deletion-protection": ["adopt", "verify"],
    encryption: ["adopt", "verify"],
    "time-to-live": ["adopt", "verify"],
    stream: ["adopt", "verify"],
    autoscaling: ["attach"],
    replica: ["attach"],
    "contributor-insights": ["attach"],
    backup: ["attach"],
  },
  bucket: {
    versioning: ["attach"],
    encryption: ["attach"],
    "public-access-block": ["attach"],
    ownership: ["attach"],
    policy: ["attach"],
    lifecycle: ["attach"],
  },
  secret: { rotation: ["attach", "verify"], policy: ["attach"] },
  "log-group": { retention: ["adopt", "verify"], encryption: ["adopt", "verify"] },
};

const identities: Readonly<Record<ExistingKind, object>> = {
  "rest-api": { id: "a1b2c3d4e5", name: "orders", stage: "prod" },
  function: { name: "billing", timeoutSeconds: 30, reservedConcurrency: 20 },
  table: { name: "invoices" },
  bucket: { name: "acme-invoices" },
  secret: { arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments/api-key-a1B2c3" },
  "log-group": { name: "/aws/lambda/billing" },
};

/** Settings that a hardening needs, beside its name. */
const settings: Readonly<Record<string, object>> = {
  "function environment-key": { kmsKeyArn: key },
  "function dead-letter-target": { targetArn: queue },
  "function async-failures": { destinationArn: queue },
  "function provisioned-concurrency": { qualifier: "live", executions: 2 },
  "table encryption": { kmsKeyArn: key },
  "table time-to-live": { attributeName: "expiresAt" },
  "bucket encryption": { kmsKeyArn: key },
  "secret rotation attach": { strategy: { kind: "generic-random" }, kmsKeyArn: key },
  "log-group retention": { days: 90 },
  "log-group encryption": { kmsKeyArn: key },
};

const replacing = ["throttling", "web-acl", "async-failures", "policy", "lifecycle", "rotation"];

/** One entry of `existing`, with what each hardening needs to be accepted. */
export function entry(kind: ExistingKind, mode: Mode, hardenings: readonly string[], change: object = {}): object {
  return {
    kind,
    mode,
    ...identities[kind],
    ...(kind === "function" && mode === "adopt" ? { roleArn: "arn:aws:iam::111122223333:role/billing" } : {}),
    harden: hardenings.map((hardening) => ({
      with: hardening,
      ...settings[`${kind} ${hardening}`],
      ...settings[`${kind} ${hardening} ${mode}`],
      ...(mode === "attach" && replacing.includes(hardening) ? { replaces: true } : {}),
    })),
    ...change,
  };
}

/** The production environment with these things in it. */
export const configWith = (existing: readonly object[]): Config =>
  parseEnvironment({ ...production, existing }, "environments/production.ts");

/** What is wrong with these things; the last sentence, where to change it, is cut off. */
export function problemsOf(existing: readonly object[]): string[] {
  try {
    configWith(existing);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.replace(/ Set it in environments\/production\.ts\.$/, ""));
  }
  return [];
}
