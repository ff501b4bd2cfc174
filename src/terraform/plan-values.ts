import { isObject, type Json, type JsonObject, mapStrings } from "./json";

/** What a plan's `configuration` says of one resource. */
export interface ConfiguredResource {
  readonly expressions: JsonObject;
  /** The region of its provider block. */
  readonly region?: string;
}

/** The resources of a plan's `configuration`, in all modules, by address without instance keys. */
export function configuredResources(configuration: JsonObject): Map<string, ConfiguredResource> {
  const found = new Map<string, ConfiguredResource>();
  const providers = isObject(configuration.provider_config) ? configuration.provider_config : {};
  visit(configuration.root_module, "");
  return found;

  function visit(module: Json | undefined, prefix: string): void {
    if (!isObject(module)) return;
    for (const resource of Array.isArray(module.resources) ? module.resources : []) {
      if (!isObject(resource)) continue;
      const region = regionOf(providers[String(resource.provider_config_key)]);
      found.set(`${prefix}${resource.address}`, {
        expressions: isObject(resource.expressions) ? resource.expressions : {},
        ...(region === undefined ? {} : { region }),
      });
    }
    const calls = isObject(module.module_calls) ? module.module_calls : {};
    for (const [name, call] of Object.entries(calls)) {
      if (isObject(call)) visit(call.module, `${prefix}module.${name}.`);
    }
  }
}

function regionOf(provider: Json | undefined): string | undefined {
  const expressions = isObject(provider) ? provider.expressions : undefined;
  const region = isObject(expressions) ? expressions.region : undefined;
  return isObject(region) && typeof region.constant_value === "string" ? region.constant_value : undefined;
}

/** Stands for a value that the configuration sets and the plan does not know; nothing resolves it. */
const KNOWN_AFTER_APPLY = "${known after apply}";

/** Planned values, written as configuration: known texts are escaped, unknown ones are the expressions behind them.
 *
 * A plan of a JSON configuration carries its expressions as written (Terraform 1.11 prints them as
 * `constant_value`), so a reference to an id that AWS invents can still be followed. What the provider alone
 * fills in is left out, as in a synthesized file.
 */
export function plannedAttributes(
  values: JsonObject,
  unknown: Json | undefined,
  expressions: JsonObject | undefined,
): JsonObject {
  const names = [...Object.keys(values), ...Object.keys(isObject(unknown) ? unknown : {})];
  const merged = [...new Set(names)].map((name): [string, Json | undefined] => {
    const unknownHere = isObject(unknown) ? unknown[name] : undefined;
    return [name, planned(values[name], unknownHere, expressions ? (expressions[name] ?? null) : undefined)];
  });
  return Object.fromEntries(merged.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** `expression` is null where the configuration sets nothing, undefined where it cannot be told. */
function planned(value: Json | undefined, unknown: Json | undefined, expression: Json | undefined): Json | undefined {
  if (!holdsTrue(unknown)) return value === undefined ? undefined : mapStrings(value, escaped);
  if (expression === null) return unknown === true ? undefined : partlyKnown(value, unknown, null);
  if (isObject(expression) && ("constant_value" in expression || "references" in expression)) {
    return expression.constant_value ?? KNOWN_AFTER_APPLY;
  }
  return unknown === true ? KNOWN_AFTER_APPLY : partlyKnown(value, unknown, expression);
}

function partlyKnown(value: Json | undefined, unknown: Json | undefined, expression: Json | undefined): Json {
  if (Array.isArray(value)) {
    // Blocks of a set come sorted, so only a lone block can be matched with its configuration.
    const lone = value.length === 1 && Array.isArray(expression) && expression.length === 1 ? expression[0] : undefined;
    const items = Array.isArray(unknown) ? unknown : [];
    return value.map(
      (item, index) => planned(item, items[index], expression === null ? null : lone) ?? KNOWN_AFTER_APPLY,
    );
  }
  if (isObject(value)) return plannedAttributes(value, unknown, isObject(expression) ? expression : undefined);
  return KNOWN_AFTER_APPLY;
}

function holdsTrue(unknown: Json | undefined): boolean {
  if (Array.isArray(unknown)) return unknown.some(holdsTrue);
  return isObject(unknown) ? Object.values(unknown).some(holdsTrue) : unknown === true;
}

function escaped(text: string): string {
  return text.replaceAll(/[$%]\{/g, (opening) => opening[0] + opening);
}
