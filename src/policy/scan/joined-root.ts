import { type StackFacts, stackFacts } from "../../terraform/estate";
import { isObject, type Json, type JsonObject, objectsOf } from "../../terraform/json";
import { UnreadableError } from "../../terraform/unreadable";
import { withAttachedSubnets } from "./attached-acls";
import { withFollowedOutputs } from "./followed-outputs";
import { type JoinedProviders, joinedProviders } from "./joined-providers";
import { withBucketReferences } from "./named-buckets";
import { normalise } from "./normalise";
import { type Renamed, renamedIn, sharedAddresses, withNewAddresses } from "./shared-names";

/** Where a resource of a joined root comes from. */
export interface Origin {
  readonly stack: string;
  /** Within the stack. */
  readonly address: string;
  /** Of the CDKTF construct; absent for what has none. */
  readonly path?: string;
}

/** All stacks of an environment as one Terraform configuration, for scanners alone. */
export interface JoinedRoot {
  /** In the form of `normalise`; outputs, backends and remote states are left behind. */
  readonly json: JsonObject;
  /** By address in the joined root. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** A stack as CDKTF wrote it. */
export interface WrittenStack {
  readonly name: string;
  readonly json: JsonObject;
}

/** Joins stacks, so that a scanner can follow a reference from one to another.
 *
 * checkov fails what it checks on two resources where they lie in separate folders. An address that two stacks share is
 * prefixed with the stack's name in both. Throws where a section would be lost or a reference leads nowhere.
 */
export function joinedRoot(stacks: readonly WrittenStack[]): JoinedRoot {
  refuseUnknownSections(stacks);
  const facts = stacks.map(({ name, json }) => withoutRemoteStates(stackFacts(name, json)));
  const shared = sharedAddresses(facts.map(addressesOf));
  const renamed = new Map(facts.map((each) => [each.name, renamedIn(each.name, addressesOf(each), shared)]));
  const providers = joinedProviders(stacks);
  const outputs = new Map(
    facts.map(({ name, outputs }) => [name, withNewAddresses(outputs, renamed.get(name) ?? new Map())]),
  );
  const outputOf = (stack: string, output: string): Json | undefined => {
    const written = outputs.get(stack);
    return isObject(written) ? written[output] : undefined;
  };
  const origins = new Map<string, Origin>();
  const sections = { managed: {}, data: {} };
  for (const { name: stack, resources } of facts) {
    const names: Renamed = renamed.get(stack) ?? new Map();
    for (const resource of resources) {
      const { address, mode, type, constructPath: path } = resource;
      const joined = names.get(address) ?? address;
      if (origins.has(joined)) throw new UnreadableError(joined, "two resources of the joined root have this address");
      origins.set(joined, { stack, address, ...(path === undefined ? {} : { path }) });
      const body = withFollowedOutputs(withNewAddresses(withProvider(stack, resource, providers), names), outputOf);
      put(sections[mode], type, joined.replace(/^.*\./, ""), body);
    }
  }
  const json = {
    terraform: { required_providers: requiredProviders(stacks) },
    provider: providers.blocks,
    data: sections.data,
    resource: sections.managed,
  };
  return { json: normalise(withAttachedSubnets(withBucketReferences(json))), origins };
}

const known = ["//", "terraform", "provider", "data", "resource", "output", "moved", "import", "removed", "check"];

function refuseUnknownSections(stacks: readonly WrittenStack[]): void {
  for (const { name, json } of stacks) {
    const unknown = Object.keys(json).find((section) => !known.includes(section));
    if (unknown !== undefined)
      throw new UnreadableError(`${name}.${unknown}`, "what such a section holds is not scanned");
  }
}

const addressesOf = ({ resources }: StackFacts): string[] => resources.map(({ address }) => address);

const withoutRemoteStates = (facts: StackFacts): StackFacts => ({
  ...facts,
  resources: facts.resources.filter(({ type }) => type !== "terraform_remote_state"),
});

/** The default provider of a joined root is that of one stack; resources of the others name theirs. */
function withProvider(
  stack: string,
  { attributes, provider }: StackFacts["resources"][number],
  { inPlaceOf }: JoinedProviders,
): JsonObject {
  const { provider: _written, ...rest } = attributes;
  const wanted = provider && inPlaceOf(stack, provider);
  return wanted?.includes(".") ? { ...rest, provider: wanted } : rest;
}

function put(section: Record<string, JsonObject>, type: string, id: string, body: Json): void {
  section[type] = { ...section[type], [id]: body };
}

function requiredProviders(stacks: readonly WrittenStack[]): JsonObject {
  const settings = stacks.flatMap(({ json }) => objectsOf(json.terraform, "terraform"));
  return Object.assign(
    {},
    ...settings.flatMap((one) => objectsOf(one.required_providers, "terraform.required_providers")),
  );
}
