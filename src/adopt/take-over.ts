import type { TerraformResource } from "../cdktf";
import { type ExistingThing, identityOf } from "../config/existing";
import { terraformName } from "./addresses";

/** Gives a resource its `import` block, and an address that stays when code moves.
 *
 * Terraform imports on the first apply and passes over the block from then on.
 */
export function takeOver(resource: TerraformResource, thing: ExistingThing, importId: string): void {
  resource.overrideLogicalId(`adopted_${terraformName(identityOf(thing))}`);
  resource.importFrom(importId);
}

/** Never destroys, and changes only what is set: the other attributes stay as they are found, tags included.
 *
 * So the first plan reads "to import" and shows no change that was not asked for, whatever the thing looks like.
 */
export const untouchedBut = (settings: object, attributes: readonly string[]) => {
  const set = Object.keys(settings).map(snakeCase);
  return { preventDestroy: true, ignoreChanges: attributes.filter((attribute) => !set.includes(attribute)) };
};

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
