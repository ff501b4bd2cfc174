import { refuseCircles } from "./circles";
import { type StackFacts, stackFacts } from "./estate";
import type { Json, JsonObject } from "./json";
import { UnreadableError } from "./unreadable";

/** Reads a stack or a fragment that comes from outside. Throws where it holds nothing to judge, or goes round in a circle. */
export function wholeStack(name: string, json: JsonObject): StackFacts {
  const facts = stackFacts(name, json);
  if (facts.resources.length === 0 && facts.providers.length === 0) {
    throw new UnreadableError(name, "it holds no resource, no data source and no provider");
  }
  refuseCircles(writtenAt(facts));
  return facts;
}

function writtenAt({ name, resources, outputs, locals }: StackFacts): Map<string, Json> {
  return new Map<string, Json>([
    ...resources.map(({ address, attributes }): [string, Json] => [address, attributes]),
    ...Object.entries(locals).map(([key, value]): [string, Json] => [`local.${key}`, value]),
    ...Object.entries(outputs).map(([key, value]): [string, Json] => [ownOutput(name, key), value]),
  ]);
}

const ownOutput = (stack: string, output: string): string =>
  `data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.${output}`;
