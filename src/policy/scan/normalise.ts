import { isObject, type JsonObject, mapEntries, mapObjects } from "../../terraform/json";

/** Blocks that say what becomes of addresses; as top-level lists they crash checkov (its issues 5498 and 5504). */
const aboutAddresses = ["moved", "import", "removed"];

/** A configuration in the form that checkov reads without losing the whole scan.
 *
 * `terraform` keeps only objects (a text such as `required_version` is a crash) and every provider becomes a list. The
 * `//` comments stay: by `metadata` in them KICS recognises what CDKTF wrote.
 */
export function normalise(json: JsonObject): JsonObject {
  const kept = Object.fromEntries(Object.entries(json).filter(([section]) => !aboutAddresses.includes(section)));
  return mapEntries(kept, (section, name) => {
    if (name === "terraform") return mapObjects(section, name, settingsBlocks);
    if (name === "provider") return mapObjects(section, name, providersAsLists);
    return section;
  });
}

const settingsBlocks = (settings: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => isObject(value)));

const providersAsLists = (providers: JsonObject): JsonObject =>
  mapEntries(providers, (bodies) => (Array.isArray(bodies) ? bodies : [bodies]));

/** Indented, so that each resource has lines of its own: scanners name a finding by its lines. */
export const scannedText = (json: JsonObject): string => `${JSON.stringify(json, null, 2)}\n`;
