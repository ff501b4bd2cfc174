import { metricNames } from "../../functions/shared/metrics";
import { loadEnvironment } from "../../src/config/load";
import { createNames } from "../../src/config/names";
import type { AlarmRow } from "../../src/slo/alarm-row";
import { secretAlarms } from "../../src/slo/secret-alarms";
import type { WatchedSecret } from "../../src/slo/watched";
import { secretsOf, watchedRotation } from "../../src/stacks/secrets-of";

const thresholds = { signaturesInvalid: 10, spaceliftFailures: 3 };
const hook: WatchedSecret = { noun: "hook", maxAgeDays: 32, rotates: true, signs: true, isSwept: false };
const rowsOf = (...secrets: WatchedSecret[]) => secretAlarms({ secrets, redelivers: true }, thresholds);

const line = (row: AlarmRow) =>
  [
    row.key,
    `${row.severity} ${row.topic}`,
    row.queries
      .map(
        ({ metricName, dimensions, stat }) => `${metricName}{${Object.entries(dimensions).flat().join("=")}} ${stat}`,
      )
      .join(" + "),
    `${row.comparison} ${row.threshold}, ${row.periodSeconds} s, ${row.datapointsToAlarm}/${row.evaluationPeriods}`,
    row.missingData,
  ].join(" | ");

it("the alarms of secrets are these, value by value", () => {
  expect(rowsOf(hook).map(line)).toEqual([
    "secret-age-hook | ticket security-events | SecretAgeDays{Secret=hook} Maximum | > 32, 3600 s, 2/2 | breaching",
    "rotation-failed-hook | ticket error-alerts | RotationStepFailed{Secret=hook} Sum | >= 1, 300 s, 1/2 | notBreaching",
    "rotation-stuck-hook | ticket error-alerts | RotationStuck{Secret=hook} Sum + NotAdopted{Secret=hook} Sum | >= 1, 3600 s, 1/2 | notBreaching",
    "sender-drift-hook | ticket error-alerts | SenderDrift{Secret=hook} Sum | >= 1, 3600 s, 1/2 | notBreaching",
    "signature-invalid-github | page security-events | SignatureInvalid{Source=github} Sum | >= 10, 300 s, 1/2 | notBreaching",
    "signature-invalid-spacelift | page security-events | SignatureInvalid{Source=spacelift} Sum | >= 10, 300 s, 1/2 | notBreaching",
    "keys-unavailable | page error-alerts | KeysUnavailable{Service=webhook} Sum | >= 1, 60 s, 2/3 | notBreaching",
    "spacelift-failing | page error-alerts | WebhookRejected{Source=spacelift} Sum + WebhookRejected{Source=spacelift} SampleCount | >= 3, 300 s, 1/2 | notBreaching",
    "redelivery-exhausted | ticket error-alerts | RedeliveryExhausted{Source=github} Sum | >= 1, 300 s, 1/2 | notBreaching",
  ]);
});

it("a secret that only people change is watched for its age, and one that is swept for callers with its former value", () => {
  const manual = rowsOf({ ...hook, maxAgeDays: 90, rotates: false });
  const swept = rowsOf({ ...hook, signs: false, isSwept: true });

  expect(manual.filter(({ key }) => key.endsWith("-hook")).map(({ key }) => key)).toEqual(["secret-age-hook"]);
  expect(manual[0]?.meaning).toBe(
    "The value of hook is older than 90 days and only a person can change it, or nobody has looked for two hours.",
  );
  expect(swept.filter(({ key }) => key.endsWith("-hook")).map(({ key }) => key)).toEqual([
    "secret-age-hook",
    "rotation-failed-hook",
    "rotation-stuck-hook",
    "credential-still-used-hook",
  ]);
});

it("nothing waits for redeliveries where nobody asks for them", () => {
  const keys = secretAlarms({ secrets: [], redelivers: false }, thresholds).map(({ key }) => key);

  expect(keys).not.toContain("redelivery-exhausted");
});

it("every metric is one that a function writes, under the dimension it has there", () => {
  const written = Object.entries(metricNames).flatMap(([dimension, names]) =>
    names.map((name) => `${dimension} ${name}`),
  );
  const read = rowsOf(hook, { ...hook, noun: "key", isSwept: true }).flatMap(({ queries }) =>
    queries.map(({ metricName, dimensions }) => `${Object.keys(dimensions).join()} ${metricName}`),
  );

  expect(read.filter((metric) => !written.includes(metric))).toEqual([]);
});

it("what is watched follows from the environment", () => {
  const watched = (name: string) => {
    const config = loadEnvironment(name);
    return watchedRotation(secretsOf(config, createNames(config)));
  };

  expect(watched("production").secrets.map(({ noun, rotates }) => `${noun} ${rotates}`)).toEqual([
    "github-webhook true",
    "spacelift-webhook false",
    "github-app false",
  ]);
  expect(watched("staging").functions.map(({ noun }) => noun)).toEqual([
    "rotate-github-repo-hook",
    "rotate-spacelift-named-webhook",
    "rotation-auditor",
    "redeliver-webhooks",
  ]);
  expect(watched("brownfield").functions.map(({ noun }) => noun)).toContain("credential-sweeper");
  expect(watched("brownfield").secrets.filter(({ isSwept }) => isSwept)).toHaveLength(2);
});
