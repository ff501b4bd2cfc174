import type { Resource } from "../terraform/estate";
import type { Look } from "./look";

/** What is wrong at one place of the JSON, and what to write there instead. */
export interface Weakness {
  readonly at: Resource;
  readonly message: string;
  readonly fix: string;
}

/** A security rule. Its file is named by its id and what it demands. */
export interface SecurityRule {
  /** Area and number, such as `NET-01`. */
  readonly id: string;
  /** `resource` judges a resource alone, `linked` with those that refer to it, `estate` the whole. */
  readonly scope: "resource" | "linked" | "estate";
  readonly demand: string;
  /** What may happen where it is broken. */
  readonly why: string;
  /** Ids of the public checks that ask for the same. */
  readonly covers: readonly string[];
  readonly check: (look: Look) => Iterable<Weakness>;
}
