import { value } from "../terraform/blocks";
import type { Estate, Resource } from "../terraform/estate";
import { managedResources } from "../terraform/estate";

/** The resources of a type whose `attribute` points at `owner`, by reference or by its literal name. */
export function companions(estate: Estate, type: string, attribute: string, owner: Resource, name: string): Resource[] {
  return managedResources(estate, type).filter((companion) => {
    const target = value(companion, attribute);
    if (target?.kind === "reference") return target.resource === owner;
    return target?.kind === "literal" && target.value === name;
  });
}
