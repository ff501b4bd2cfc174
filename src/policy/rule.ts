import type { Estate } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { unreadablePlace } from "./unreadable-place";

export interface Finding {
  readonly rule: string;
  readonly stack: string;
  readonly address: string;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

/** What is wrong at one place; the stack is that of the resource. */
export interface Violation {
  readonly at: { readonly address: string; readonly stack: { readonly name: string } };
  readonly message: string;
}

/** A promise about every synthesized stack. Its name is its file's name and reads as the promise. */
export interface Rule {
  readonly id: string;
  readonly promise: string;
  /** What happens where it is broken. */
  readonly why: string;
  readonly violations: (estate: Estate) => Iterable<Violation>;
}

/** Applies a rule. What cannot be read is a finding: unknown is never a pass. */
export function findings(rule: Rule, estate: Estate): Finding[] {
  try {
    return [...rule.violations(estate)].map(({ at, message }) => ({
      rule: rule.id,
      stack: at.stack.name,
      address: at.address,
      message,
    }));
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const { stack } = unreadablePlace(error, estate);
    return [{ rule: rule.id, stack, address: error.address, message: `cannot be judged: ${error.reason}` }];
  }
}
