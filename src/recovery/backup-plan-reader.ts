import { block, blocks, flag, number, text, value } from "../terraform/blocks";
import { type Block, type Estate, managedResources, type Resource } from "../terraform/estate";
import { selectsDynamodb } from "./backup-selection";
import {
  knownVaults,
  lockBounds,
  ownVaults,
  type RetentionBounds,
  retentionBounds,
  type VaultId,
  vaultByArn,
  vaultNamed,
} from "./backup-vaults";
import { type CronProblem, cronGaps, parseCron } from "./cron";

/** What the rules on lifecycles and locks are about, each with the place at which a broken rule is reported. */
export interface BackupFacts {
  readonly lifecycles: readonly WrittenLifecycle[];
  readonly planRules: readonly PlanRule[];
  readonly stored: readonly Stored[];
  readonly locks: readonly Lock[];
  readonly ownVaults: readonly OwnVault[];
}

/** A lifecycle as written on a rule or a copy. */
export interface WrittenLifecycle {
  readonly at: string;
  readonly coldStorageAfterDays: number | undefined;
  readonly deleteAfterDays: number | undefined;
  /** Of the rule; a copy of a continuous backup is a snapshot. */
  readonly continuous: boolean;
}

export interface PlanRule {
  readonly at: string;
  readonly name: string;
  /** `frequency`: it runs more often than hourly. */
  readonly scheduleProblem: CronProblem | "frequency" | undefined;
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
  readonly continuous: boolean;
  readonly selectsDynamodb: boolean;
}

/** A rule or a copy that stores recovery points in a vault, for as long as its own or its inherited lifecycle says. */
export interface Stored {
  /** The lifecycle, else the rule or copy that has none. */
  readonly at: string;
  readonly deleteAfterDays: number | undefined;
  /** The rule or copy that names the vault. */
  readonly targetAt: string;
  /** Undefined where it cannot be told which vault is meant. */
  readonly target: VaultId | undefined;
  readonly known: readonly VaultId[];
  readonly bounds: readonly RetentionBounds[];
}

export interface Lock extends RetentionBounds {
  readonly at: string;
  readonly changeableForDays: number | undefined;
}

export interface OwnVault {
  readonly at: string;
  readonly name: string;
}

export function backupFacts(estate: Estate): BackupFacts {
  const rules = managedResources(estate, "aws_backup_plan").flatMap((plan) =>
    blocks(plan, "rule").map((rule) => ({ plan, rule, copies: blocks(rule, "copy_action") })),
  );
  const known = knownVaults(estate);
  const bounds = retentionBounds(estate);
  return {
    lifecycles: rules.flatMap(({ rule, copies }) => [
      ...writtenLifecycle(rule, flag(rule, "enable_continuous_backup") ?? false),
      ...copies.flatMap((copy) => writtenLifecycle(copy, false)),
    ]),
    planRules: rules.map(({ plan, rule }) => planRule(plan, rule, estate)),
    stored: rules.flatMap(({ plan, rule, copies }) =>
      [...storedByRule(plan, rule), ...copies.map((copy) => storedByCopy(copy, rule))].map((each) => ({
        ...each,
        known,
        bounds,
      })),
    ),
    locks: managedResources(estate, "aws_backup_vault_lock_configuration").map((lock) => ({
      ...lockBounds(lock),
      at: lock.address,
      changeableForDays: number(lock, "changeable_for_days"),
    })),
    ownVaults: ownVaults(estate).map((vault) => ({ at: vault.address, name: text(vault, "name") ?? "" })),
  };
}

function writtenLifecycle(owner: Block, continuous: boolean): WrittenLifecycle[] {
  const lifecycle = block(owner, "lifecycle");
  if (!lifecycle) return [];
  const coldStorageAfterDays = number(lifecycle, "cold_storage_after");
  return [{ at: lifecycle.address, coldStorageAfterDays, deleteAfterDays: deleteAfterDays(lifecycle), continuous }];
}

/** AWS takes -1 for "keep for ever". */
function deleteAfterDays(lifecycle: Block | undefined): number | undefined {
  const days = lifecycle && number(lifecycle, "delete_after");
  return days === -1 ? Number.POSITIVE_INFINITY : days;
}

/** Windows left out have the provider's defaults. */
function planRule(plan: Resource, rule: Block, estate: Estate): PlanRule {
  const tables = managedResources(estate, "aws_dynamodb_table");
  const selections = managedResources(estate, "aws_backup_selection").filter((selection) =>
    mayBelongTo(plan, selection),
  );
  return {
    at: rule.address,
    name: text(rule, "rule_name") ?? "",
    scheduleProblem: scheduleProblem(text(rule, "schedule")),
    startWindowMinutes: number(rule, "start_window") ?? 60,
    completionWindowMinutes: number(rule, "completion_window") ?? 180,
    continuous: flag(rule, "enable_continuous_backup") ?? false,
    selectsDynamodb: selections.some((selection) => selectsDynamodb(selection, tables)),
  };
}

/** Without a schedule AWS takes `cron(0 5 ? * * *)`. */
function scheduleProblem(schedule: string | undefined): PlanRule["scheduleProblem"] {
  if (schedule === undefined) return undefined;
  const reading = parseCron(schedule);
  if (reading.kind === "invalid") return reading.problem;
  return cronGaps(reading.schedule).smallestMinutes < 60 ? "frequency" : undefined;
}

/** False only where the selection certainly belongs to another plan. */
function mayBelongTo(plan: Resource, selection: Resource): boolean {
  const id = value(selection, "plan_id");
  return id?.kind === "reference" ? id.resource === plan : true;
}

function storedByRule(plan: Resource, rule: Block) {
  const lifecycle = block(rule, "lifecycle");
  const kept = { at: (lifecycle ?? rule).address, deleteAfterDays: deleteAfterDays(lifecycle), targetAt: rule.address };
  const airGapped = "target_logically_air_gapped_backup_vault_arn";
  return [
    { ...kept, target: vaultNamed(rule, "target_vault_name", plan.region) },
    ...(value(rule, airGapped) ? [{ ...kept, target: vaultByArn(rule, airGapped) }] : []),
  ];
}

/** A copy without a lifecycle takes that of its rule. */
function storedByCopy(copy: Block, rule: Block) {
  const own = block(copy, "lifecycle");
  return {
    at: (own ?? copy).address,
    deleteAfterDays: deleteAfterDays(own ?? block(rule, "lifecycle")),
    targetAt: copy.address,
    target: vaultByArn(copy, "destination_vault_arn"),
  };
}
