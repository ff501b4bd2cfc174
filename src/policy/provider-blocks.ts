import type { Estate, Resource } from "../terraform/estate";
import type { ProviderConfig } from "../terraform/providers";

/** The provider blocks of all stacks, used or not, as places to report at.
 *
 * Their path is that of the stack, so that a suppression can name them.
 */
export function providerBlocks(estate: Estate): Resource[] {
  return [...estate.values()].flatMap((stack) => stack.providers.map((provider) => placeOf(provider, stack)));
}

const placeOf = ({ name, alias, body }: ProviderConfig, stack: Resource["stack"]): Resource => ({
  address: alias === undefined ? `provider.${name}` : `provider.${name}.${alias}`,
  ...{ attributes: body, stack, mode: "managed", type: "provider", logicalId: name, constructPath: stack.name },
});
