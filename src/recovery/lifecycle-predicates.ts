import type { Stored } from "./backup-plan-reader";
import { type RetentionBounds, sameVault, vaultOfArn } from "./backup-vaults";

/** What the rules on lifecycles and locks take from the configuration. */
export interface LifecycleContext {
  /** Whether it carries the acknowledgement text for a compliance lock. */
  readonly complianceLockAcknowledged: boolean;
  /** Names or ARNs of vaults that stand outside the estate. */
  readonly externalVaults: readonly string[];
}

/** False where either side is absent. */
export function below(value: number | undefined, bound: number | undefined): boolean {
  return value !== undefined && bound !== undefined && value < bound;
}

/** False where the value is absent. */
export function outside(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && !(value >= least && value <= most);
}

/** The bounds of the vault that something is stored in; a vault may carry several locks. */
export function boundsOf({ target, bounds }: Stored): RetentionBounds[] {
  return bounds.filter(({ vault }) => target !== undefined && vault !== undefined && sameVault(target, vault));
}

/** True where the target is neither in the estate nor declared external, or cannot be told. */
export function storesNowhereKnown({ target, known }: Stored, { externalVaults }: LifecycleContext): boolean {
  if (target === undefined) return true;
  const external = externalVaults.some((declared) => {
    const vault = vaultOfArn(declared);
    return vault ? sameVault(vault, target) : declared === target.name;
  });
  return !external && !known.some((vault) => sameVault(vault, target));
}
