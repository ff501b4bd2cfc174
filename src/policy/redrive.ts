import type { Block } from "../terraform/estate";
import { isObject, type Json } from "../terraform/json";
import type { Look } from "./look";

/** Where messages go that nobody could take. */
export interface Redrive {
  readonly hasTarget: boolean;
  /** Undefined where it is not told; 0 where it is not written. */
  readonly maxReceiveCount: number | undefined;
}

/** Reads a redrive policy of SQS or SNS, which is JSON in a text; undefined where it is set and not told. */
export function redriveOf(look: Look, block: Block, attribute: string): Redrive | undefined {
  const none = { hasTarget: false, maxReceiveCount: 0 };
  if (!look.isSet(block, attribute)) return none;
  // Parsed before its references are resolved, so that one ARN does not hide the count.
  const written = parsed(block.attributes[attribute]) ?? parsed(look.literal(block, attribute));
  if (written === undefined) return undefined;
  if (!isObject(written)) return none;
  const { deadLetterTargetArn: target = "", maxReceiveCount: count = 0 } = written;
  return { hasTarget: target !== "" && target !== null, maxReceiveCount: countOf(count) };
}

function parsed(text: Json | undefined): Json | undefined {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function countOf(written: Json): number | undefined {
  const count = typeof written === "string" || typeof written === "number" ? Number(written) : Number.NaN;
  return Number.isNaN(count) ? undefined : count;
}
