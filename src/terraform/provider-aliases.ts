import { type JsonObject, mapEntries, mapObjects, mapResources, objectsOf } from "./json";
import { providerConfigs, providerOf } from "./providers";
import { UnreadableError } from "./unreadable";

/** Turns the `region` of resources and data sources into provider aliases, for AWS providers older than 6.
 *
 * Those know no `region` on a resource. It is never dropped: a resource of the DR region would land at home.
 * An alias keeps everything else of the provider it stands for, default tags included.
 */
export function regionsAsAliases(json: JsonObject): JsonObject {
  const providers = providerConfigs(json);
  const generated = new Map<string, JsonObject>();

  const rewritten = mapResources(json, (body, type, address) => {
    const { region, ...rest } = body;
    const provider = providerOf(type, body, providers);
    if (region === undefined || region === null || (provider && provider.name !== "aws")) return body;
    if (!provider)
      throw new UnreadableError(address, "it has a region but no provider block to take the settings from");
    if (typeof region !== "string" || region.includes("${")) {
      throw new UnreadableError(address, `its region is ${JSON.stringify(region)}; only a literal can become an alias`);
    }
    if (region === provider.body.region) return rest;
    const alias = provider.alias === undefined ? region : `${provider.alias}-${region}`;
    generated.set(alias, { ...provider.body, alias, region });
    return { ...rest, provider: `aws.${alias}` };
  });
  if (generated.size === 0) return rewritten;
  const provider = mapObjects(json.provider ?? {}, "provider", (byName) =>
    mapEntries(byName, (bodies, name) => {
      return name === "aws" ? [...objectsOf(bodies, "provider.aws"), ...generated.values()] : bodies;
    }),
  );
  return { ...rewritten, provider };
}
