import { type Estate, stackFacts } from "./estate";
import { parseReference } from "./expression";
import { isObject, type Json, type JsonObject, mapEntries, mapObjects, mapStrings, objectsOf } from "./json";
import { withoutOutputReferences } from "./output-references";
import { placeholder } from "./placeholders";
import { regionsAsAliases } from "./provider-aliases";
import { describe, resolve } from "./resolve";
import { UnreadableError } from "./unreadable";

export interface OfflineOptions {
  /** Version of the AWS provider at hand. @default - the one the stack requires */
  readonly providerVersion?: string;
}

/** Rewrites a stack so that Terraform plans it without an AWS account and without other stacks' states.
 *
 * `estate` must hold the stacks it reads: a reference to their outputs becomes the literal behind it, or a made-up
 * id of the right shape. Throws where that is not possible. What reads from AWS while planning stays in place
 * (see `readsFromAws`), so such a plan fails rather than proving less than it seems to.
 */
export function offlineForm(json: JsonObject, estate: Estate, { providerVersion }: OfflineOptions = {}): JsonObject {
  const { import: _imports, ...rest } = json;
  const detached = mapStrings(withoutRemoteStates(rest), (text) => withOutputValues(text, estate));
  if (!isObject(detached)) throw new UnreadableError("terraform", "a stack must be an object");
  const offline = {
    ...detached,
    provider: offlineProviders(detached),
    terraform: offlineSettings(detached, providerVersion),
  };
  return providerVersion !== undefined && majorOf(providerVersion) < 6 ? regionsAsAliases(offline) : offline;
}

/** Addresses of the data sources that a plan cannot evaluate without AWS; a policy document needs no API. */
export function readsFromAws(json: JsonObject): string[] {
  const offline = new Set(["aws_iam_policy_document", "terraform_remote_state"]);
  return stackFacts("stack", json).resources.flatMap(({ mode, type, address }) => {
    return mode === "data" && type.startsWith("aws_") && !offline.has(type) ? [address] : [];
  });
}

function withoutRemoteStates({ data, ...rest }: JsonObject): JsonObject {
  if (data === undefined) return rest;
  return { ...rest, data: mapObjects(data, "data", ({ terraform_remote_state: _states, ...others }) => others) };
}

/** A text with values in place of what other stacks tell. */
const withOutputValues = (text: string, estate: Estate): Json =>
  withoutOutputReferences<Json>(text, {
    alone: (expression) => outputValue(expression, estate),
    inText(expression, template) {
      const value = outputValue(expression, estate);
      return typeof value === "string" ? value : template;
    },
    inExpression: (expression) => JSON.stringify(outputValue(expression, estate)),
  });

function outputValue(expression: string, estate: Estate): Json {
  const reference = parseReference(expression);
  const producer = reference?.kind === "output" ? estate.get(reference.stack) : undefined;
  const written = reference?.kind === "output" ? producer?.outputs[reference.output] : undefined;
  if (!producer || written === undefined)
    throw new UnreadableError(expression, "no stack that was read has this output");
  const value = resolve(written, producer);
  if (value.kind === "literal") return value.value;
  if (value.kind === "reference") return placeholder(value.resource, value.attribute);
  throw new UnreadableError(expression, describe(value));
}

/** What makes the provider call AWS before it plans anything. */
const ACCOUNT_SETTINGS = [
  "allowed_account_ids",
  "forbidden_account_ids",
  "assume_role",
  "assume_role_with_web_identity",
  "profile",
];

const FAKE_CREDENTIALS = {
  access_key: "offline",
  secret_key: "offline",
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  // A string in the provider's schema.
  skip_metadata_api_check: "true",
};

function offlineProviders({ provider = {} }: JsonObject): Json {
  return mapObjects(provider, "provider", (byName) =>
    mapEntries(byName, (bodies, name) => {
      if (name !== "aws") return bodies;
      return mapObjects(bodies, "provider.aws", (body) => {
        const kept = Object.entries(body).filter(([key]) => !ACCOUNT_SETTINGS.includes(key));
        return { ...Object.fromEntries(kept), ...FAKE_CREDENTIALS };
      });
    }),
  );
}

function offlineSettings(json: JsonObject, version: string | undefined): JsonObject {
  const [{ cloud: _cloud, ...settings } = {}] = objectsOf(json.terraform, "terraform");
  const [required = {}] = objectsOf(settings.required_providers, "terraform.required_providers");
  const providers = mapEntries(required, (provider, name) => {
    return name === "aws" && version !== undefined && isObject(provider) ? { ...provider, version } : provider;
  });
  return { ...settings, required_providers: providers, backend: { local: {} } };
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
