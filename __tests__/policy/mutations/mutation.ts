import type { StackChanges } from "./stack-changes";

/** One line of the synthesized JSON made worse, or one resource too many or too few. */
export interface Mutation {
  /** The one rule that must find it. */
  readonly rule: string;
  /** What is wrong then, as a sentence. */
  readonly what: string;
  readonly change: (stacks: StackChanges) => void;
}
