import type { Estate } from "../../src/terraform/estate";
import { changedExample, resourcesOf } from "../support/changed-example";

type Written = Record<string, unknown>;

/** The network of production, by construct ids: a test writes into it what nobody should. */
export interface ChangeableNetwork {
  /** The one resource of a type whose logical id holds this text. */
  readonly one: (type: string, part: string) => Written;
  readonly remove: (type: string, part: string) => void;
  readonly add: (type: string, id: string, written: Written) => void;
}

export function changedNetwork(change: (network: ChangeableNetwork) => void, stack = "network"): Estate {
  return changedExample("production", stack, (json) => {
    const of = (type: string) => resourcesOf(json, type);
    const idOf = (type: string, part: string): string => {
      const ids = Object.keys(of(type)).filter((id) => id.includes(part));
      if (ids.length !== 1) throw new Error(`${ids.length} of ${type} are called ${part}; one is wanted.`);
      return ids[0] as string;
    };
    change({
      one: (type, part) => of(type)[idOf(type, part)] as Written,
      remove: (type, part) => delete of(type)[idOf(type, part)],
      add: (type, id, written) => {
        of(type)[id] = written;
      },
    });
  }).estate;
}
