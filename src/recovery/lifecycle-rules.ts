import type { Estate } from "../terraform/estate";
import {
  backupFacts,
  type Lock,
  type OwnVault,
  type PlanRule,
  type Stored,
  type WrittenLifecycle,
} from "./backup-plan-reader";
import { below, boundsOf, type LifecycleContext, outside, storesNowhereKnown } from "./lifecycle-predicates";

export type LifecycleRule =
  | "cold-gap"
  | "cold-minimum"
  | "completion-window"
  | "continuous-cold"
  | "continuous-dynamodb"
  | "continuous-retention"
  | "lock-cooling-off"
  | "lock-max"
  | "lock-min"
  | "lock-range"
  | "lock-unacknowledged"
  | "retention-missing"
  | "retention-range"
  | "rule-name"
  | "schedule-day-fields"
  | "schedule-fields"
  | "schedule-frequency"
  | "schedule-kind"
  | "start-window"
  | "vault-name"
  | "vault-unknown";

export interface Violation {
  readonly rule: LifecycleRule;
  /** The resource and the path inside it. */
  readonly at: string;
}

/** One rule: who demands it, and when one of the things it is about breaks it. */
interface Row<Subject> {
  readonly rule: LifecycleRule;
  readonly from: "AWS" | "AWS at run time" | "aws-cdk" | "policy";
  readonly broken: (subject: Subject, context: LifecycleContext) => boolean;
}

/** Days: the longest that AWS Backup keeps or locks anything. */
const LONGEST = 36_500;

/** Sources: AWS Backup API reference (Lifecycle, BackupRule, PutBackupVaultLockConfiguration) and developer guide. */
const ON_LIFECYCLES: readonly Row<WrittenLifecycle>[] = [
  { rule: "cold-gap", from: "AWS", broken: (lifecycle) => below(lifecycle.deleteAfterDays, plus90(lifecycle)) },
  { rule: "cold-minimum", from: "AWS", broken: (lifecycle) => below(lifecycle.coldStorageAfterDays, 1) },
  { rule: "retention-range", from: "AWS", broken: (lifecycle) => outside(lifecycle.deleteAfterDays, 1, LONGEST) },
  {
    rule: "continuous-cold",
    from: "AWS",
    broken: (lifecycle) => lifecycle.continuous && lifecycle.coldStorageAfterDays !== undefined,
  },
  {
    rule: "continuous-retention",
    from: "AWS",
    broken: (lifecycle) => lifecycle.continuous && outside(lifecycle.deleteAfterDays, 1, 35),
  },
];

const ON_STORED: readonly Row<Stored>[] = [
  { rule: "retention-missing", from: "policy", broken: (stored) => stored.deleteAfterDays === undefined },
  {
    rule: "lock-min",
    from: "AWS at run time",
    broken: (stored) => boundsOf(stored).some((bounds) => below(stored.deleteAfterDays, bounds.minRetentionDays)),
  },
  {
    rule: "lock-max",
    from: "AWS at run time",
    broken: (stored) => boundsOf(stored).some((bounds) => below(bounds.maxRetentionDays, stored.deleteAfterDays)),
  },
];

const ON_TARGETS: readonly Row<Stored>[] = [{ rule: "vault-unknown", from: "policy", broken: storesNowhereKnown }];

const ON_PLAN_RULES: readonly Row<PlanRule>[] = [
  { rule: "continuous-dynamodb", from: "AWS", broken: (rule) => rule.continuous && rule.selectsDynamodb },
  { rule: "start-window", from: "AWS", broken: (rule) => rule.startWindowMinutes < 60 },
  {
    rule: "completion-window",
    from: "aws-cdk",
    broken: (rule) => rule.completionWindowMinutes <= rule.startWindowMinutes,
  },
  { rule: "schedule-kind", from: "AWS", broken: (rule) => rule.scheduleProblem === "kind" },
  { rule: "schedule-fields", from: "AWS", broken: (rule) => rule.scheduleProblem === "fields" },
  { rule: "schedule-day-fields", from: "AWS", broken: (rule) => rule.scheduleProblem === "day-fields" },
  { rule: "schedule-frequency", from: "AWS", broken: (rule) => rule.scheduleProblem === "frequency" },
  { rule: "rule-name", from: "AWS", broken: (rule) => !/^[a-zA-Z0-9\-_.]{1,50}$/.test(rule.name) },
];

const ON_LOCKS: readonly Row<Lock>[] = [
  {
    rule: "lock-range",
    from: "AWS",
    broken: ({ minRetentionDays: floor, maxRetentionDays: ceiling }) =>
      outside(floor, 1, LONGEST) || outside(ceiling, 1, LONGEST) || below(ceiling, floor),
  },
  { rule: "lock-cooling-off", from: "AWS", broken: (lock) => outside(lock.changeableForDays, 3, LONGEST) },
  {
    rule: "lock-unacknowledged",
    from: "policy",
    broken: (lock, context) => lock.changeableForDays !== undefined && !context.complianceLockAcknowledged,
  },
  { rule: "vault-unknown", from: "policy", broken: (lock) => lock.vault === undefined },
];

const ON_VAULTS: readonly Row<OwnVault>[] = [
  { rule: "vault-name", from: "AWS", broken: (vault) => !/^[a-zA-Z0-9\-_]{2,50}$/.test(vault.name) },
];

/** Lists every broken rule on backup plans, lifecycles, copies, schedules and vault locks, once per place.
 *
 * AWS accepts most of these at apply and fails the job at night. Throws where a value cannot be told.
 */
export function lifecycleViolations(estate: Estate, context: LifecycleContext): Violation[] {
  const facts = backupFacts(estate);
  const targets = facts.stored.map((stored) => ({ ...stored, at: stored.targetAt }));
  const found = [
    ...violations(ON_LIFECYCLES, facts.lifecycles, context),
    ...violations(ON_STORED, facts.stored, context),
    ...violations(ON_TARGETS, targets, context),
    ...violations(ON_PLAN_RULES, facts.planRules, context),
    ...violations(ON_LOCKS, facts.locks, context),
    ...violations(ON_VAULTS, facts.ownVaults, context),
  ];
  return [...new Map(found.map((violation) => [`${violation.rule} ${violation.at}`, violation])).values()];
}

function violations<Subject extends { readonly at: string }>(
  rows: readonly Row<Subject>[],
  subjects: readonly Subject[],
  context: LifecycleContext,
): Violation[] {
  return rows.flatMap(({ rule, broken }) =>
    subjects.filter((subject) => broken(subject, context)).map(({ at }) => ({ rule, at })),
  );
}

function plus90({ coldStorageAfterDays: days }: WrittenLifecycle): number | undefined {
  return days === undefined ? undefined : days + 90;
}
