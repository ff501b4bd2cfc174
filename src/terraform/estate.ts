import { isObject, type JsonObject, objectsOf } from "./json";
import { type ProviderConfig, providerConfigs, providerOf } from "./providers";
import { UnreadableError } from "./unreadable";

/** A resource, or a block inside one, with the stack it takes to resolve the values in it. */
export interface Block {
  /** `aws_backup_plan.main`, `data.aws_kms_key.own`, `aws_backup_plan.main.rule[0].lifecycle`. */
  readonly address: string;
  /** As written: values may be expressions, blocks may be objects or lists. Read them through `blocks.ts`. */
  readonly attributes: JsonObject;
  readonly stack: Stack;
}

export interface Resource extends Block {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly logicalId: string;
  /** Path of the CDKTF construct, stack first; a plan does not carry it. */
  readonly constructPath?: string;
  /** The resource's own region, else its provider's; absent for providers without one. */
  readonly region?: string;
  /** Its provider block as written; a plan does not carry it. */
  readonly provider?: ProviderConfig;
}

export interface Stack {
  readonly name: string;
  /** The one account its provider is allowed to touch. */
  readonly accountId?: string;
  /** Every provider block, used or not; a plan carries none. */
  readonly providers: readonly ProviderConfig[];
  /** By address. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** By output name; values as written. */
  readonly outputs: Readonly<JsonObject>;
  /** By name; values as written. */
  readonly locals: Readonly<JsonObject>;
  readonly estate: Estate;
}

/** The stacks that were read together, by name: references between them can be followed. */
export type Estate = ReadonlyMap<string, Stack>;

export interface StackFacts {
  readonly name: string;
  readonly accountId?: string;
  readonly providers: readonly ProviderConfig[];
  readonly resources: readonly Omit<Resource, "stack">[];
  readonly outputs: Readonly<JsonObject>;
  readonly locals: Readonly<JsonObject>;
}

export function estateOf(stacks: readonly StackFacts[]): Estate {
  const estate = new Map<string, Stack>();
  for (const { resources, ...facts } of stacks) {
    const byAddress = new Map<string, Resource>();
    const stack: Stack = { ...facts, resources: byAddress, estate };
    for (const resource of resources) byAddress.set(resource.address, { ...resource, stack });
    estate.set(stack.name, stack);
  }
  return estate;
}

/** The managed resources of an estate, in stack order; of one type where it is given. */
export const managedResources = (estate: Estate, type?: string): Resource[] => ofMode(estate, "managed", type);

/** The data sources of an estate, in stack order; of one type where it is given. */
export const dataSources = (estate: Estate, type?: string): Resource[] => ofMode(estate, "data", type);

function ofMode(estate: Estate, mode: Resource["mode"], type?: string): Resource[] {
  const sorted = sortedEstates.get(estate) ?? byModeAndType(estate);
  sortedEstates.set(estate, sorted);
  return [...(sorted.get(type === undefined ? mode : `${mode} ${type}`) ?? [])];
}

/** An estate does not change once it is read, and is asked for one type after the other. */
const sortedEstates = new WeakMap<Estate, ReadonlyMap<string, Resource[]>>();

function byModeAndType(estate: Estate): Map<string, Resource[]> {
  const sorted = new Map<string, Resource[]>();
  for (const stack of estate.values()) {
    for (const resource of stack.resources.values()) {
      for (const key of [resource.mode, `${resource.mode} ${resource.type}`]) {
        const known = sorted.get(key);
        if (known) known.push(resource);
        else sorted.set(key, [resource]);
      }
    }
  }
  return sorted;
}

/** What Terraform takes at the top of a file, but for `module`, `ephemeral` and `action`: what they hold would go unread. */
const sections = "terraform, provider, resource, data, locals, variable, output, moved, import, removed, check".split(
  ", ",
);

/** Reads one stack's `cdk.tf.json`. Throws where something in it would go unread. */
export function stackFacts(name: string, json: JsonObject): StackFacts {
  const unknown = Object.keys(json).find((section) => section !== "//" && !sections.includes(section));
  if (unknown !== undefined) {
    throw new UnreadableError(
      `${name}.${unknown}`,
      `nothing looks into such a section; allowed are ${sections.join(", ")}`,
    );
  }
  const providers = providerConfigs(json);
  const accountId = allowedAccount(providers);
  const outputs = objectsOf(json.output, `${name}.output`).flatMap((output) => Object.entries(output));
  const resources = [...resourcesIn(json, "managed", providers), ...resourcesIn(json, "data", providers)];
  refuseTwins(resources);
  return {
    name,
    ...(accountId === undefined ? {} : { accountId }),
    providers,
    resources,
    locals: Object.fromEntries(objectsOf(json.locals, `${name}.locals`).flatMap((locals) => Object.entries(locals))),
    outputs: Object.fromEntries(
      outputs.map(([key, output]) => [key, isObject(output) ? (output.value ?? null) : null]),
    ),
  };
}

function refuseTwins(resources: readonly { readonly address: string }[]): void {
  const seen = new Set<string>();
  for (const { address } of resources) {
    if (seen.has(address)) throw new UnreadableError(address, "two resources of the stack have this address");
    seen.add(address);
  }
}

function* resourcesIn(json: JsonObject, mode: Resource["mode"], providers: readonly ProviderConfig[]) {
  const section = mode === "data" ? "data" : "resource";
  for (const types of objectsOf(json[section], section)) {
    for (const [type, byId] of Object.entries(types)) {
      for (const [logicalId, bodies] of objectsOf(byId, `${section}.${type}`).flatMap((bodies) =>
        Object.entries(bodies),
      )) {
        const address = `${mode === "data" ? "data." : ""}${type}.${logicalId}`;
        const [attributes, second] = objectsOf(bodies, address);
        if (!attributes || second) throw new UnreadableError(address, "it must have exactly one body");
        const constructPath = constructPathOf(attributes);
        const provider = providerOf(type, attributes, providers);
        const region = regionOf(address, attributes, provider);
        yield {
          ...{ address, mode, type, logicalId, attributes },
          ...(constructPath === undefined ? {} : { constructPath }),
          ...(region === undefined ? {} : { region }),
          ...(provider === undefined ? {} : { provider }),
        };
      }
    }
  }
}

function constructPathOf(attributes: JsonObject): string | undefined {
  const comment = attributes["//"];
  const metadata = isObject(comment) ? comment.metadata : undefined;
  const path = isObject(metadata) ? metadata.path : undefined;
  return typeof path === "string" ? path : undefined;
}

function regionOf(address: string, attributes: JsonObject, provider: ProviderConfig | undefined): string | undefined {
  const region = attributes.region ?? provider?.body.region ?? undefined;
  if (region === undefined) return undefined;
  if (typeof region === "string" && !region.includes("${")) return region;
  throw new UnreadableError(
    address,
    `its region is ${JSON.stringify(region)}; write it out, so that it can be checked`,
  );
}

function allowedAccount(providers: readonly ProviderConfig[]): string | undefined {
  const accounts = providers.flatMap(({ body }) => body.allowed_account_ids ?? []);
  const [account, second] = [...new Set(accounts)];
  return typeof account === "string" && second === undefined ? account : undefined;
}
