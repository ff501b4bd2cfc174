import fc from "fast-check";
import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { unsuccessfulJobs } from "../../src/recovery/backup-events";
import { drVaultAlarms, homeVaultAlarms, type WatchedPlan } from "../../src/recovery/recovery-alarms";
import { replicationAlarms } from "../../src/recovery/replication-alarms";
import type { AlarmRow } from "../../src/slo/alarm-row";
import { RecoveryStack } from "../../src/stacks/recovery-stack";
import { resources, type TerraformJson } from "../support/synthesize";

const daily = { schedule: "cron(0 5 * * ? *)", copyToDr: false };
const weekly = { schedule: "cron(0 6 ? * SUN *)", copyToDr: true };
const plan: WatchedPlan = {
  primary: "acme-test-primary",
  dr: "acme-test-dr",
  rules: [daily, weekly],
  startWindowMinutes: 60,
};
const withRules = (...rules: WatchedPlan["rules"]): WatchedPlan => ({ ...plan, rules });
const byKey = (rows: readonly AlarmRow[], key: string) => rows.find((row) => row.key === key);
const reads = (row: AlarmRow | undefined) =>
  row?.queries.map(({ metricName, dimensions }) => `${metricName} ${dimensions.BackupVaultName}`);

describe("alarms on the vaults", () => {
  test("tell of every backup and copy that failed or never started", () => {
    const row = byKey(homeVaultAlarms(plan), "backup-failed");

    expect(reads(row)).toEqual([
      "NumberOfBackupJobsFailed acme-test-primary",
      "NumberOfBackupJobsExpired acme-test-primary",
      "NumberOfCopyJobsFailed acme-test-dr",
    ]);
    expect(row).toMatchObject({ expression: "FILL(f,0) + FILL(x,0) + FILL(c,0)", comparison: ">=", threshold: 1 });
  });

  test("tell of a day without any backup: 24 hours, one to start, and one to spare", () => {
    expect(byKey(homeVaultAlarms(plan), "backup-absent")).toMatchObject({
      queries: [{ metricName: "NumberOfBackupJobsCompleted", dimensions: { BackupVaultName: "acme-test-primary" } }],
      expression: "FILL(n,0)",
      comparison: "<",
      threshold: 1,
      periodSeconds: 3600,
      evaluationPeriods: 26,
      datapointsToAlarm: 26,
      missingData: "breaching",
    });
  });

  test("tell of a week without a copy by the points that appear in the vault, unfilled, since no window holds a week and an hour", () => {
    const row = byKey(drVaultAlarms(plan), "backup-absent-dr");

    expect(row).toMatchObject({
      queries: [{ metricName: "NumberOfRecoveryPointsCompleted", dimensions: { BackupVaultName: "acme-test-dr" } }],
      comparison: "<",
      periodSeconds: 86_400,
      evaluationPeriods: 7,
      datapointsToAlarm: 7,
      missingData: "breaching",
    });
    expect(row).not.toHaveProperty("expression");
  });

  test("watch the copies as closely as the backups where every day is copied", () => {
    const rows = drVaultAlarms(withRules({ ...daily, copyToDr: true }, weekly));

    expect(byKey(rows, "backup-absent-dr")).toMatchObject({
      expression: "FILL(n,0)",
      periodSeconds: 3600,
      evaluationPeriods: 26,
    });
  });

  test("do not wait for copies that nobody ordered", () => {
    expect(drVaultAlarms(withRules(daily, { ...weekly, copyToDr: false }))).toEqual([]);
  });

  test("refuse schedules whose silence nobody could notice, and those that cannot be read", () => {
    const monthly = { schedule: "cron(0 6 1 * ? *)", copyToDr: true };

    expect(() => drVaultAlarms(withRules(daily, monthly))).toThrow(
      "No copy reached acme-test-dr for up to 746 hours is what the schedules of recovery.daily and recovery.weekly allow, but CloudWatch looks back 168 hours.",
    );
    expect(() => homeVaultAlarms(withRules({ schedule: "cron(0 5 * * * *)", copyToDr: false }))).toThrow(
      "A schedule of the backup plan cannot be read",
    );
  });

  test("fit CloudWatch's windows and outlast the longest regular silence, for every interval of hours up to a day", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 24),
        fc.integer({ min: 60, max: 480 }),
        (everyHours, window) => {
          const rule = { schedule: `cron(0 0/${everyHours} * * ? *)`, copyToDr: true };
          const rows = [
            ...homeVaultAlarms({ ...plan, rules: [rule], startWindowMinutes: window }),
            ...drVaultAlarms({ ...plan, rules: [rule], startWindowMinutes: window }),
          ];

          for (const { periodSeconds, evaluationPeriods, missingData } of rows) {
            expect(periodSeconds * evaluationPeriods).toBeLessThanOrEqual(604_800);
            if (missingData === "breaching") {
              expect(periodSeconds * evaluationPeriods).toBeGreaterThan((everyHours * 60 + window) * 60);
            }
          }
        },
      ),
    );
  });
});

test("an object that could not be copied raises an alarm on exactly its pair and rule", () => {
  const [row] = replicationAlarms([
    {
      id: "evidence",
      sourceBucket: "acme-test-evidence",
      destinationBucket: "acme-test-evidence-dr",
      ruleId: "everything",
    },
  ]);

  expect(row).toMatchObject({
    key: "s3-replication-failed-evidence",
    queries: [
      {
        namespace: "AWS/S3",
        metricName: "OperationsFailedReplication",
        dimensions: {
          SourceBucket: "acme-test-evidence",
          DestinationBucket: "acme-test-evidence-dr",
          RuleId: "everything",
        },
        stat: "Sum",
      },
    ],
    expression: "FILL(f,0)",
    comparison: ">=",
    threshold: 1,
    missingData: "notBreaching",
  });
});

describe.each([
  ["production", "us-east-1", "us-east-2"],
  ["staging", "eu-central-1", "eu-west-1"],
])("in %s", (name, home, dr) => {
  const config = loadEnvironment(name);
  const json: TerraformJson = JSON.parse(
    Testing.synth(new RecoveryStack(new App({ stackTraces: false, skipValidation: true }), config)),
  );
  const topic = (region: string) => `arn:aws:sns:${region}:${config.accountId}:acme-${name}-error-alerts`;

  test("each vault has an alarm on failure and one on absence, in its own region, at a topic there", () => {
    const alarms = resources(json, "aws_cloudwatch_metric_alarm");

    expect(alarms.map(({ alarm_name, region, alarm_actions }) => [alarm_name, region, alarm_actions]).sort()).toEqual([
      [`acme-${name}-ticket-backup-absent`, home, [topic(home)]],
      [`acme-${name}-ticket-backup-absent-dr`, dr, [topic(dr)]],
      [`acme-${name}-ticket-backup-failed`, home, [topic(home)]],
      [`acme-${name}-ticket-backup-failed-dr`, dr, [topic(dr)]],
    ]);
  });

  test("each region tells its topic of jobs that did not end well, and keeps what the topic refused", () => {
    const targets = resources(json, "aws_cloudwatch_event_target");
    const queues = resources(json, "aws_sqs_queue");

    expect(targets.map(({ region, arn }) => [region, arn]).sort()).toEqual(
      [
        [home, topic(home)],
        [dr, topic(dr)],
      ].sort(),
    );
    expect(targets.every(({ dead_letter_config }) => dead_letter_config !== undefined)).toBe(true);
    expect(
      queues
        .map(({ region, message_retention_seconds: seconds, kms_master_key_id: key }) => [region, seconds, key])
        .sort(),
    ).toEqual(
      [
        [home, 1_209_600, "${aws_kms_key.key-home.arn}"],
        [dr, 1_209_600, "${aws_kms_key.key-dr.arn}"],
      ].sort(),
    );
    for (const { policy, region } of resources(json, "aws_sqs_queue_policy")) {
      expect(JSON.parse(String(policy)).Statement).toMatchObject([
        {
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["sqs:SendMessage"],
          Condition: {
            ArnEquals: {
              "aws:SourceArn": `arn:aws:events:${region}:${config.accountId}:rule/acme-${name}-backup-events`,
            },
          },
        },
        { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      ]);
    }
  });
});

describe("the rule on jobs", () => {
  type Fields = Readonly<Record<string, unknown>>;

  /** EventBridge's matching, as far as the rule uses it. */
  function matches(pattern: Fields, event: Fields): boolean {
    return Object.entries(pattern).every(([field, wanted]) => {
      if (field === "$or") return (wanted as Fields[]).some((either) => matches(either, event));
      const found = event[field];
      if (!Array.isArray(wanted)) return typeof found === "object" && matches(wanted as Fields, found as Fields);
      return wanted.some((value) =>
        typeof value === "object" ? (found !== undefined) === value.exists : value === found,
      );
    });
  }
  const job = (kind: string, detail: Fields) => ({
    source: "aws.backup",
    "detail-type": `${kind} Job State Change`,
    detail,
  });

  test.each([
    ["a failed backup", job("Backup", { state: "FAILED" })],
    ["a backup that never started", job("Backup", { state: "EXPIRED" })],
    ["a copy that was aborted", job("Copy", { state: "ABORTED" })],
    ["a copy of a part", job("Copy", { state: "PARTIAL" })],
    ["a failed restore, which says status", job("Restore", { status: "FAILED" })],
    [
      "a backup that completed with issues",
      job("Backup", { state: "COMPLETED", statusMessage: "2 items were skipped" }),
    ],
  ])("tells of %s", (_, event) => {
    expect(matches(unsuccessfulJobs, event)).toBe(true);
  });

  test.each([
    ["a backup that completed", job("Backup", { state: "COMPLETED" })],
    ["a restore that completed", job("Restore", { status: "COMPLETED" })],
    ["a copy under way", job("Copy", { state: "RUNNING" })],
    [
      "a recovery point that expired as planned",
      { source: "aws.backup", "detail-type": "Recovery Point State Change", detail: { status: "EXPIRED" } },
    ],
    [
      "another service's failure",
      { source: "aws.ec2", "detail-type": "Backup Job State Change", detail: { state: "FAILED" } },
    ],
  ])("keeps quiet about %s", (_, event) => {
    expect(matches(unsuccessfulJobs, event)).toBe(false);
  });
});
