import { block, blocks, number, text } from "../terraform/blocks";
import type { Block } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { onlyKey, onlyKeys, theBlock, theNumber, theText } from "./known";
import { type Condition, readStatement, type Surroundings } from "./read-statement";

/** Counts the requests of each sender in a window that looks back from the request. */
export interface RateMatch {
  readonly limit: number;
  readonly windowSeconds: number;
  /** What tells senders apart; none counts all requests together. */
  readonly keys: readonly RateKey[];
  /** Which requests are counted, and ended; all where it is absent. */
  readonly scope?: Condition;
}

export type RateKey =
  | { readonly kind: "address" }
  | { readonly kind: "method" }
  /** By name, in lower case. */
  | { readonly kind: "header"; readonly name: string };

/** AWS WAF's own, where none is written. */
const windowByDefault = 300;
const windows = [60, 120, 300, 600];

export function readRate(rate: Block, surroundings: Surroundings): RateMatch {
  onlyKeys(rate, ["limit", "evaluation_window_sec", "aggregate_key_type", "custom_key", "scope_down_statement"]);
  const windowSeconds = number(rate, "evaluation_window_sec") ?? windowByDefault;
  if (!windows.includes(windowSeconds)) {
    throw new UnreadableError(
      rate.address,
      `a window of ${windowSeconds} s is refused; allowed: ${windows.join(", ")}`,
    );
  }
  const scope = block(rate, "scope_down_statement");
  const keys = readKeys(rate);
  if (keys.length === 0 && !scope) throw new UnreadableError(rate.address, "CONSTANT needs a scope_down_statement");
  return {
    limit: theNumber(rate, "limit"),
    windowSeconds,
    keys,
    ...(scope ? { scope: readStatement(scope, surroundings) } : {}),
  };
}

function readKeys(rate: Block): RateKey[] {
  const custom = blocks(rate, "custom_key");
  const type = text(rate, "aggregate_key_type") ?? "IP";
  if (type === "CUSTOM_KEYS" && custom.length > 0) return custom.map(readKey);
  if (custom.length === 0 && type === "IP") return [{ kind: "address" }];
  if (custom.length === 0 && type === "CONSTANT") return [];
  throw new UnreadableError(rate.address, `aggregate_key_type ${type} with ${custom.length} custom keys is not known`);
}

function readKey(custom: Block): RateKey {
  const kind = onlyKey(custom, ["header", "ip", "http_method"], "key");
  const body = theBlock(custom, kind);
  if (kind !== "header") {
    onlyKeys(body, []);
    return kind === "ip" ? { kind: "address" } : { kind: "method" };
  }
  onlyKeys(body, ["name", "text_transformation"]);
  for (const step of blocks(body, "text_transformation")) {
    if (text(step, "type") !== "NONE") throw new UnreadableError(step.address, "only NONE is known for a key");
  }
  return { kind: "header", name: theText(body, "name").toLowerCase() };
}
