import type { AlarmRow, MetricQuery } from "../slo/alarm-row";
import { cronGaps, parseCron } from "./cron";

type BackupMetric =
  | "NumberOfBackupJobsCompleted"
  | "NumberOfBackupJobsExpired"
  | "NumberOfBackupJobsFailed"
  | "NumberOfCopyJobsFailed"
  | "NumberOfRecoveryPointsCompleted"
  | "NumberOfRecoveryPointsPartial"
  | "NumberOfRestoreJobsFailed";

/** Without the vault's name there may be no such series, and the alarm would never fire. */
const metric = (id: string, metricName: BackupMetric, vaultName: string): MetricQuery => ({
  id,
  namespace: "AWS/Backup",
  metricName,
  dimensions: { BackupVaultName: vaultName },
  stat: "Sum",
});

const shared = {
  severity: "ticket",
  topic: "error-alerts",
  runbook: "RB-05",
  scenarios: [],
} as const satisfies Partial<AlarmRow>;

export interface WatchedPlan {
  /** Names of the vaults. */
  readonly primary: string;
  readonly dr: string;
  readonly rules: readonly { readonly schedule: string; readonly copyToDr: boolean }[];
  /** A job may start that much later than its schedule says. */
  readonly startWindowMinutes: number;
}

/** Alarms of the home region, where the jobs of the plan run. */
export function homeVaultAlarms(plan: WatchedPlan): AlarmRow[] {
  const { primary, dr } = plan;
  return [
    failed("backup-failed", `A backup into ${primary}, or its copy into ${dr}, failed or did not start in time.`, [
      metric("f", "NumberOfBackupJobsFailed", primary),
      metric("x", "NumberOfBackupJobsExpired", primary),
      // AWS: "The vault name of copy jobs is that of their destination vault."
      metric("c", "NumberOfCopyJobsFailed", dr),
    ]),
    absent(
      "backup-absent",
      `No backup reached ${primary}`,
      metric("n", "NumberOfBackupJobsCompleted", primary),
      longestSilenceMinutes(plan, plan.rules),
    ),
  ];
}

/** Alarms of the DR region, whose vault runs no backups of its own: it receives copies, or nothing at all.
 *
 * So absence is read from the recovery points that appear in it. Which region counts a copy job is not documented;
 * failed ones are looked for in both.
 */
export function drVaultAlarms(plan: WatchedPlan): AlarmRow[] {
  const { dr } = plan;
  const copies = plan.rules.filter(({ copyToDr }) => copyToDr);
  if (copies.length === 0) return [];
  return [
    failed("backup-failed-dr", `A copy into ${dr}, or a restore from it, failed or was left incomplete.`, [
      metric("c", "NumberOfCopyJobsFailed", dr),
      metric("p", "NumberOfRecoveryPointsPartial", dr),
      metric("r", "NumberOfRestoreJobsFailed", dr),
    ]),
    absent(
      "backup-absent-dr",
      `No copy reached ${dr}`,
      metric("n", "NumberOfRecoveryPointsCompleted", dr),
      longestSilenceMinutes(plan, copies),
    ),
  ];
}

/** From one job to the next at worst, when all goes well. */
function longestSilenceMinutes({ startWindowMinutes }: WatchedPlan, rules: WatchedPlan["rules"]): number {
  return Math.min(...rules.map(({ schedule }) => largestGapMinutes(schedule))) + startWindowMinutes;
}

/** By schedule: most are the same in both regions and in every environment, and a gap takes years of days to find. */
const knownGaps = new Map<string, number>();

function largestGapMinutes(schedule: string): number {
  const known = knownGaps.get(schedule);
  if (known !== undefined) return known;
  const reading = parseCron(schedule);
  if (reading.kind === "invalid") throw new Error(`A schedule of the backup plan cannot be read: ${reading.reason}.`);
  const { largestMinutes } = cronGaps(reading.schedule);
  knownGaps.set(schedule, largestMinutes);
  return largestMinutes;
}

function failed(key: string, meaning: string, queries: readonly MetricQuery[]): AlarmRow {
  return {
    ...shared,
    key,
    meaning,
    unit: "jobs an hour",
    queries,
    expression: queries.map(({ id }) => `FILL(${id},0)`).join(" + "),
    periodSeconds: 3600,
    datapointsToAlarm: 1,
    evaluationPeriods: 1,
    comparison: ">=",
    threshold: 1,
    missingData: "notBreaching",
  };
}

/** What CloudWatch looks back over at most, in hours. */
const longestWindowHours = 7 * 24;

/** A failure alarm stays silent when nothing ran at all; this one does not.
 *
 * Up to a week, every hour of the window must be without a job. Weekly jobs come a little more than a week apart, more
 * than a window holds, so their days are not filled: AWS Backup sends a value only when it is not zero, and CloudWatch
 * reads some datapoints beyond the window and takes those before it counts a missing one. So one copy in that range
 * keeps the alarm quiet, and it fires eight days or more after the last one instead of at each copy that is late.
 * New alarms fire until the first job has ended.
 */
function absent(key: string, meaning: string, query: MetricQuery, silenceMinutes: number): AlarmRow {
  const hours = Math.ceil(silenceMinutes / 60) + 1;
  const base = {
    ...shared,
    key,
    queries: [query],
    comparison: "<",
    threshold: 1,
    missingData: "breaching",
  } as const;
  if (hours <= longestWindowHours) {
    return {
      ...base,
      meaning: `${meaning} for ${hours} hours.`,
      unit: "jobs an hour",
      expression: `FILL(${query.id},0)`,
      periodSeconds: 3600,
      datapointsToAlarm: hours,
      evaluationPeriods: hours,
    };
  }
  if (hours > longestWindowHours + 24) {
    throw new Error(
      `${meaning} for up to ${hours} hours is what the schedules of recovery.daily and recovery.weekly allow, but CloudWatch looks back ${longestWindowHours} hours. Let one of them run at least weekly, or nobody hears of its absence.`,
    );
  }
  return {
    ...base,
    meaning: `${meaning} for more than a week.`,
    unit: "recovery points a day",
    periodSeconds: 24 * 3600,
    datapointsToAlarm: 7,
    evaluationPeriods: 7,
  };
}
