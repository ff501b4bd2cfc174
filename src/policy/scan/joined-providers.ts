import type { JsonObject } from "../../terraform/json";
import { type ProviderConfig, providerConfigs } from "../../terraform/providers";

/** The provider blocks of a joined root, and what a resource of each stack must name to keep its own. */
export interface JoinedProviders {
  readonly blocks: JsonObject;
  /** `aws`, or `aws.shared-2`: what takes the place of a stack's provider. */
  readonly inPlaceOf: (stack: string, provider: ProviderConfig) => string;
}

/** Puts equal provider blocks together: the first of a name is the default one, the others get aliases. */
export function joinedProviders(
  stacks: readonly { readonly name: string; readonly json: JsonObject }[],
): JoinedProviders {
  const blocks: Record<string, JsonObject[]> = {};
  const references = new Map<string, string>();
  for (const stack of stacks) {
    for (const provider of providerConfigs(stack.json)) {
      const {
        name,
        body: { alias: _alias, ...settings },
      } = provider;
      blocks[name] ??= [];
      const known = blocks[name];
      const place = known.findIndex(({ alias: _, ...other }) => textOf(other) === textOf(settings));
      const index = place < 0 ? known.length : place;
      const alias = index === 0 ? {} : { alias: `shared-${index + 1}` };
      if (place < 0) known.push({ ...settings, ...alias });
      references.set(keyOf(stack.name, provider), index === 0 ? name : `${name}.shared-${index + 1}`);
    }
  }
  return {
    blocks,
    inPlaceOf: (stack, provider) => references.get(keyOf(stack, provider)) ?? provider.name,
  };
}

const keyOf = (stack: string, { name, alias = "" }: ProviderConfig): string => `${stack}/${name}.${alias}`;

const textOf = (settings: JsonObject): string => JSON.stringify(Object.entries(settings).sort());
