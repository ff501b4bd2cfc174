import type { AlarmRow, MetricQuery } from "./alarm-row";
import type { Watched, WatchedSecret } from "./watched";

export interface SecretThresholds {
  /** Signatures that are not accepted in five minutes. */
  readonly signaturesInvalid: number;
  /** Deliveries of Spacelift that fail in a row. */
  readonly spaceliftFailures: number;
}

const metric = (id: string, metricName: string, dimensions: MetricQuery["dimensions"], stat = "Sum"): MetricQuery => ({
  id,
  namespace: "ReviewPlatform",
  metricName,
  dimensions,
  stat,
});

/** One event is enough, and it may be reported late. */
const once = { periodSeconds: 300, datapointsToAlarm: 1, evaluationPeriods: 2 } as const;
/** What is looked at every hour, or every day, stays an alarm until the next look. */
const hourly = { ...once, periodSeconds: 3600 } as const;
const daily = { ...once, periodSeconds: 86_400 } as const;

/** Secrets that do not rotate or grow old, senders that use another key, deliveries that fail for want of a key. */
export function secretAlarms(
  { secrets, redelivers }: Pick<Watched, "secrets" | "redelivers">,
  thresholds: SecretThresholds,
): AlarmRow[] {
  return [
    ...secrets.flatMap((secret) => [
      age(secret),
      ...(secret.rotates ? [stepFailed(secret), stuck(secret)] : []),
      ...(secret.rotates && secret.signs ? [drift(secret)] : []),
      ...(secret.isSwept ? [stillUsed(secret)] : []),
    ]),
    ...(["github", "spacelift"] as const).map((source) => invalidSignatures(source, thresholds)),
    keysUnavailable,
    spaceliftFailing(thresholds),
    ...(redelivers ? [redeliveryExhausted] : []),
  ];
}

const age = ({ noun, maxAgeDays, rotates }: WatchedSecret): AlarmRow => ({
  key: `secret-age-${noun}`,
  severity: "ticket",
  topic: "security-events",
  meaning: `The value of ${noun} is older than ${maxAgeDays} days${rotates ? "" : " and only a person can change it"}, or nobody has looked for two hours.`,
  unit: "days",
  queries: [metric("m", "SecretAgeDays", { Secret: noun }, "Maximum")],
  ...{ periodSeconds: 3600, datapointsToAlarm: 2, evaluationPeriods: 2 },
  comparison: ">",
  threshold: maxAgeDays,
  // The auditor writes it every hour: silence means that nobody would notice.
  missingData: "breaching",
  runbook: "RB-14",
  scenarios: ["FS-11"],
});

const stepFailed = ({ noun }: WatchedSecret): AlarmRow => ({
  key: `rotation-failed-${noun}`,
  severity: "ticket",
  topic: "error-alerts",
  meaning: `A step of the rotation of ${noun} failed. The value before it still works; Secrets Manager tries again.`,
  unit: "failed steps",
  queries: [metric("m", "RotationStepFailed", { Secret: noun })],
  ...once,
  comparison: ">=",
  threshold: 1,
  missingData: "notBreaching",
  runbook: "RB-14",
  scenarios: ["FS-11", "FS-12", "FS-13"],
});

const stuck = ({ noun }: WatchedSecret): AlarmRow => ({
  key: `rotation-stuck-${noun}`,
  severity: "ticket",
  topic: "error-alerts",
  meaning: `The rotation of ${noun} has stood still for an hour, is turned off, or cannot begin because nobody has shown that its sender uses the value.`,
  unit: "hourly checks",
  queries: [metric("stuck", "RotationStuck", { Secret: noun }), metric("unadopted", "NotAdopted", { Secret: noun })],
  expression: "FILL(stuck,0) + FILL(unadopted,0)",
  ...hourly,
  comparison: ">=",
  threshold: 1,
  missingData: "notBreaching",
  runbook: "RB-14",
  scenarios: ["FS-11", "FS-12", "FS-13"],
});

const drift = ({ noun }: WatchedSecret): AlarmRow => ({
  key: `sender-drift-${noun}`,
  severity: "ticket",
  topic: "error-alerts",
  meaning: `The sender that ${noun} belongs to uses another version than the one it was last set to.`,
  unit: "sightings",
  queries: [metric("m", "SenderDrift", { Secret: noun })],
  ...hourly,
  comparison: ">=",
  threshold: 1,
  missingData: "notBreaching",
  runbook: "RB-14",
  scenarios: ["FS-11", "FS-12", "FS-13"],
});

const stillUsed = ({ noun }: WatchedSecret): AlarmRow => ({
  key: `credential-still-used-${noun}`,
  severity: "ticket",
  topic: "error-alerts",
  meaning: `Somebody still calls with a former value of ${noun}, so it cannot be taken away.`,
  unit: "former values",
  queries: [metric("m", "CredentialStillUsed", { Secret: noun })],
  ...daily,
  comparison: ">=",
  threshold: 1,
  missingData: "notBreaching",
  runbook: "RB-14",
  scenarios: ["FS-11"],
});

const invalidSignatures = (source: "github" | "spacelift", { signaturesInvalid }: SecretThresholds): AlarmRow => ({
  key: `signature-invalid-${source}`,
  severity: "page",
  topic: "security-events",
  meaning: `At least ${signaturesInvalid} deliveries in five minutes to the webhook of ${source} had no valid signature: somebody forges them, or the sender has another key.`,
  unit: "deliveries",
  queries: [metric("m", "SignatureInvalid", { Source: source })],
  ...once,
  comparison: ">=",
  threshold: signaturesInvalid,
  missingData: "notBreaching",
  runbook: "RB-15",
  scenarios: ["FS-09", source === "github" ? "FS-12" : "FS-13"],
});

const keysUnavailable: AlarmRow = {
  key: "keys-unavailable",
  severity: "page",
  topic: "error-alerts",
  meaning: "The receiver of webhooks cannot read its keys and answers 503.",
  unit: "deliveries",
  queries: [metric("m", "KeysUnavailable", { Service: "webhook" })],
  ...{ periodSeconds: 60, datapointsToAlarm: 2, evaluationPeriods: 3 },
  comparison: ">=",
  threshold: 1,
  missingData: "notBreaching",
  runbook: "RB-14",
  scenarios: ["FS-11", "FS-12", "FS-13"],
};

const spaceliftFailing = ({ spaceliftFailures }: SecretThresholds): AlarmRow => ({
  key: "spacelift-failing",
  severity: "page",
  topic: "error-alerts",
  meaning: `The last ${spaceliftFailures} or more deliveries of Spacelift were refused and none was taken; after ten in a row it switches the webhook off.`,
  unit: "refused deliveries",
  queries: [
    metric("rejected", "WebhookRejected", { Source: "spacelift" }),
    // One sample a delivery, 0 for one that was taken.
    metric("all", "WebhookRejected", { Source: "spacelift" }, "SampleCount"),
  ],
  expression: "IF(FILL(rejected,0) == FILL(all,0), FILL(rejected,0), 0)",
  ...once,
  comparison: ">=",
  threshold: spaceliftFailures,
  missingData: "notBreaching",
  runbook: "RB-15",
  scenarios: ["FS-13"],
});

const redeliveryExhausted: AlarmRow = {
  key: "redelivery-exhausted",
  severity: "ticket",
  topic: "error-alerts",
  meaning: "A delivery of GitHub failed every time it was sent again, and is given up.",
  unit: "deliveries",
  queries: [metric("m", "RedeliveryExhausted", { Source: "github" })],
  ...once,
  comparison: ">=",
  threshold: 1,
  missingData: "notBreaching",
  runbook: "RB-15",
  scenarios: ["FS-12"],
};
