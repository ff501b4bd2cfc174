import type { JsonObject } from "../terraform/json";

/** One thing the emulator cannot hold. */
export interface Unsupported {
  readonly type: string;
  /** Narrows the row to resources that set this attribute. */
  readonly onlyWith?: string;
  /** Attributes of other types, as `type.attribute`, that may point here and are optional there. */
  readonly dropFrom?: readonly string[];
  readonly reason: string;
  readonly emulatorVersion: string;
}

export interface LeftOut {
  readonly address: string;
  readonly change: "removed" | "rewired";
  readonly reason: string;
}

export interface Filtered {
  readonly stack: JsonObject;
  readonly leftOut: readonly LeftOut[];
  /** References to this stack's outputs that no longer resolve, for the stacks that read it. */
  readonly lostReferences: readonly string[];
}

type Blocks = Record<string, Record<string, JsonObject>>;

/** Removes from a synthesized stack what the emulator cannot hold, and follows what pointed at it.
 *
 * Per lost address: a `depends_on` or `replace_triggered_by` entry goes; an attribute named in `dropFrom` goes; what
 * still points there is removed too, and followed in turn. Every change is listed: nothing goes in silence.
 */
export function withoutUnsupported(
  name: string,
  synthesized: JsonObject,
  list: readonly Unsupported[],
  lostElsewhere: readonly string[] = [],
): Filtered {
  const stack = structuredClone(synthesized);
  const leftOut: LeftOut[] = [];
  const outputs = (stack.output ?? {}) as JsonObject;
  const lost: string[] = [...lostElsewhere];
  const resources = (stack.resource ?? {}) as Blocks;

  for (const [address, block] of blocksOf(resources, "")) {
    const [type = ""] = address.split(".");
    const row = list.find((row) => row.type === type && (!row.onlyWith || block[row.onlyWith] !== undefined));
    if (row) remove(resources, address, row.reason);
  }
  const optional = new Set(list.flatMap((row) => row.dropFrom ?? []));
  const lostReferences: string[] = [];
  for (let target = lost.shift(); target !== undefined; target = lost.shift()) {
    follow(resources, "", target);
    follow((stack.data ?? {}) as Blocks, "data.", target);
    for (const [output, body] of Object.entries(outputs)) {
      if (!mentions(body, target)) continue;
      delete outputs[output];
      leftOut.push({ address: `output.${output}`, change: "removed", reason: `points at ${target}` });
      lostReferences.push(`data.terraform_remote_state.cross-stack-reference-input-${name}.outputs.${output}`);
    }
  }
  return { stack, leftOut, lostReferences };

  function remove(blocks: Blocks, address: string, reason: string): void {
    const [type = "", label = ""] = address.split(".").slice(-2);
    delete blocks[type]?.[label];
    if (Object.keys(blocks[type] ?? {}).length === 0) delete blocks[type];
    leftOut.push({ address, change: "removed", reason });
    lost.push(address);
  }

  function follow(blocks: Blocks, prefix: string, target: string): void {
    for (const [address, block] of blocksOf(blocks, prefix)) {
      if (!mentions(block, target)) continue;
      const dropped = [...withoutOrdering(block, target), ...withoutOptional(address, block, target)];
      if (mentions(block, target)) remove(blocks, address, `points at ${target}`);
      else leftOut.push({ address, change: "rewired", reason: `${dropped.join(", ")} without ${target}` });
    }
  }

  function withoutOptional(address: string, block: JsonObject, target: string): string[] {
    const [type = ""] = address.split(".").slice(-2);
    const dropped = Object.keys(block).filter((key) => optional.has(`${type}.${key}`) && mentions(block[key], target));
    for (const key of dropped) delete block[key];
    return dropped;
  }
}

function withoutOrdering(block: JsonObject, target: string): string[] {
  const lifecycle = (block.lifecycle ?? {}) as JsonObject;
  const owners: [JsonObject, string][] = [
    [block, "depends_on"],
    [lifecycle, "replace_triggered_by"],
  ];
  return owners.flatMap(([owner, key]) => {
    const entries = (owner[key] ?? []) as string[];
    const kept = entries.filter((entry) => !mentions(entry, target));
    if (kept.length === entries.length) return [];
    if (kept.length > 0) owner[key] = kept;
    else delete owner[key];
    return [key];
  });
}

/** Tells whether any text inside points at an address; `aws_x.log` is not `aws_x.log-2` nor `data.aws_x.log`. */
export function mentions(value: unknown, target: string): boolean {
  if (typeof value === "string") {
    const literal = target.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`(?<![\\w.-])${literal}(?![\\w-])`).test(value);
  }
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => mentions(inner, target));
}

const blocksOf = (blocks: Blocks, prefix: string): [string, JsonObject][] =>
  Object.entries(blocks).flatMap(([type, named]) =>
    Object.entries(named).map(([label, block]): [string, JsonObject] => [`${prefix}${type}.${label}`, block]),
  );
