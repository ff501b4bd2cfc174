import { number, text, value } from "../terraform/blocks";
import { type Block, dataSources, type Estate, managedResources, type Resource } from "../terraform/estate";
import type { Value } from "../terraform/resolve";

/** What tells one vault from another. The account is absent where nothing says it. */
export interface VaultId {
  readonly region: string | undefined;
  readonly name: string;
  readonly accountId?: string;
}

/** Bounds on how long a vault keeps what is stored in it. A job outside them fails at night, not at apply. */
export interface RetentionBounds {
  readonly vault: VaultId | undefined;
  readonly minRetentionDays: number | undefined;
  readonly maxRetentionDays: number | undefined;
}

export function sameVault(one: VaultId, other: VaultId): boolean {
  const sameAccount = !one.accountId || !other.accountId || one.accountId === other.accountId;
  return one.name === other.name && one.region === other.region && sameAccount;
}

export function ownVaults(estate: Estate): Resource[] {
  return VAULT_TYPES.flatMap((type) => managedResources(estate, type));
}

/** The vaults that the estate owns, and those it reads and thereby proves to exist. */
export function knownVaults(estate: Estate): VaultId[] {
  return [...ownVaults(estate), ...dataSources(estate, "aws_backup_vault")].map(vaultId);
}

/** Locks, and air-gapped vaults, which carry their bounds themselves. */
export function retentionBounds(estate: Estate): RetentionBounds[] {
  const airGapped = managedResources(estate, AIR_GAPPED).map((vault) => ({ ...bounds(vault), vault: vaultId(vault) }));
  return [...managedResources(estate, "aws_backup_vault_lock_configuration").map(lockBounds), ...airGapped];
}

export function lockBounds(lock: Resource): RetentionBounds {
  return { ...bounds(lock), vault: vaultNamed(lock, "backup_vault_name", lock.region) };
}

const AIR_GAPPED = "aws_backup_logically_air_gapped_vault";
const VAULT_TYPES = ["aws_backup_vault", AIR_GAPPED];

function bounds(resource: Resource) {
  return {
    minRetentionDays: number(resource, "min_retention_days"),
    maxRetentionDays: number(resource, "max_retention_days"),
  };
}

function vaultId(vault: Resource): VaultId {
  return { region: vault.region, name: text(vault, "name") ?? "", ...account(vault) };
}

/** The vault that an attribute names, in the region of the resource that names it; undefined where it cannot be told. */
export function vaultNamed(owner: Block, attribute: string, region: string | undefined): VaultId | undefined {
  const name = nameIn(value(owner, attribute));
  return name === undefined ? undefined : { region, name, ...account(owner) };
}

function nameIn(found: Value | undefined): string | undefined {
  if (found?.kind === "literal") return String(found.value);
  // The id of a vault is its name.
  if (found?.kind === "reference" && isVault(found.resource) && found.attribute === "id")
    return text(found.resource, "name");
  return undefined;
}

/** The vault whose ARN an attribute holds, as text or by reference; undefined where it cannot be told. */
export function vaultByArn(owner: Block, attribute: string): VaultId | undefined {
  const found = value(owner, attribute);
  if (found?.kind === "reference" && isVault(found.resource) && found.attribute === "arn")
    return vaultId(found.resource);
  return found?.kind === "literal" ? vaultOfArn(String(found.value)) : undefined;
}

export function vaultOfArn(arn: string): VaultId | undefined {
  const [, region, accountId, name] = /^arn:[\w-]+:backup:([\w-]+):(\d{12}):backup-vault:(.+)$/.exec(arn) ?? [];
  return region && accountId && name ? { region, accountId, name } : undefined;
}

function isVault({ type }: Resource): boolean {
  return VAULT_TYPES.includes(type);
}

function account({ stack }: Block): { accountId?: string } {
  return stack.accountId === undefined ? {} : { accountId: stack.accountId };
}
