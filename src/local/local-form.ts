import { join } from "node:path";
import { isObject, type JsonObject, mapEntries, mapObjects, objectsOf } from "../terraform/json";
import { regionsAsAliases } from "../terraform/provider-aliases";
import { UnreadableError } from "../terraform/unreadable";
import { emulatorAccess } from "./emulator-access";

/** The provider that the lists of gaps were measured with, on every machine. */
export const PROVIDER_VERSION = "5.100.0";

const EMULATOR_SETTINGS = {
  access_key: emulatorAccess.AWS_ACCESS_KEY_ID,
  secret_key: emulatorAccess.AWS_SECRET_ACCESS_KEY,
  s3_use_path_style: true,
  skip_credentials_validation: true,
  // A string in the provider's schema.
  skip_metadata_api_check: "true",
};

/** Rewrites a stack for the emulator: provider version and settings, states in one folder. It leaves no resource out. */
export function localForm(name: string, json: JsonObject, stateFolder: string): JsonObject {
  const { moved: _moved, removed: _removed, ...rest } = json;
  if (rest.import !== undefined)
    throw new UnreadableError(name, "it imports, and a new emulator holds nothing to import");
  const [settings = {}] = objectsOf(json.terraform, "terraform");
  const [required = {}] = objectsOf(settings.required_providers, "terraform.required_providers");
  const state = (stack: string) => join(stateFolder, `${stack}.tfstate`);
  return regionsAsAliases({
    ...rest,
    provider: withEmulatorSettings(rest),
    ...(rest.data === undefined
      ? {}
      : { data: mapObjects(rest.data, "data", (types) => withLocalStates(types, state)) }),
    terraform: {
      required_providers: mapEntries(required, (provider, key) =>
        key === "aws" && isObject(provider) ? { ...provider, version: PROVIDER_VERSION } : provider,
      ),
      backend: { local: { path: state(name) } },
    },
  });
}

function withEmulatorSettings({ provider = {} }: JsonObject): JsonObject[] {
  return objectsOf(provider, "provider").map((byName) =>
    mapEntries(byName, (bodies, name) =>
      name === "aws" ? objectsOf(bodies, "provider.aws").map((body) => ({ ...body, ...EMULATOR_SETTINGS })) : bodies,
    ),
  );
}

const UPSTREAM = /^cross-stack-reference-input-(.+)$/;

function withLocalStates(types: JsonObject, state: (stack: string) => string): JsonObject {
  return mapEntries(types, (byId, type) => {
    if (type !== "terraform_remote_state") return byId;
    return mapObjects(byId, type, (states) =>
      mapEntries(states, (_, id) => {
        const stack = UPSTREAM.exec(id)?.[1];
        if (!stack) throw new UnreadableError(`data.${type}.${id}`, "it does not say which stack's state it reads");
        return { backend: "local", config: { path: state(stack) } };
      }),
    );
  });
}
