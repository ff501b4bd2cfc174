import type { Resource } from "../terraform/estate";
import type { ProviderConfig } from "../terraform/providers";
import type { Look } from "./look";

/** The provider blocks that resources and data sources use, each once a stack, as places to report at.
 *
 * Their path is that of the stack, so that a suppression can name them.
 */
export function providerBlocks(look: Look): Resource[] {
  const places = new Map<string, Resource>();
  for (const stack of new Set(look.everyResource().map((resource) => resource.stack))) {
    for (const { provider } of stack.resources.values()) {
      if (provider === undefined) continue;
      const place = placeOf(provider, stack);
      places.set(`${stack.name} ${place.address}`, place);
    }
  }
  return [...places.values()];
}

const placeOf = ({ name, alias, body }: ProviderConfig, stack: Resource["stack"]): Resource => ({
  address: alias === undefined ? `provider.${name}` : `provider.${name}.${alias}`,
  ...{ attributes: body, stack, mode: "managed", type: "provider", logicalId: name, constructPath: stack.name },
});
