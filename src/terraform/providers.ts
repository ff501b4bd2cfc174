import { type JsonObject, objectsOf } from "./json";

/** One provider block: `aws`, or `aws` under an alias. */
export interface ProviderConfig {
  readonly name: string;
  readonly alias?: string;
  readonly body: JsonObject;
}

export function providerConfigs(json: JsonObject): ProviderConfig[] {
  return objectsOf(json.provider, "provider")
    .flatMap((providers) => Object.entries(providers))
    .flatMap(([name, bodies]) =>
      objectsOf(bodies, `provider.${name}`).map((body) => ({
        name,
        body,
        ...(typeof body.alias === "string" ? { alias: body.alias } : {}),
      })),
    );
}

/** The provider block that a resource or data source uses: the one it names, else its type's default one. */
export function providerOf(
  type: string,
  attributes: JsonObject,
  providers: readonly ProviderConfig[],
): ProviderConfig | undefined {
  const [implied = type] = type.split("_");
  const [name, alias] = typeof attributes.provider === "string" ? attributes.provider.split(".") : [implied];
  return providers.find((provider) => provider.name === name && provider.alias === alias);
}
