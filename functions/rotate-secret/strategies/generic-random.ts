import type { RotationStrategy } from "../ports";
import { type RandomBytes, randomText } from "./random-text";

export interface GenericRandomProps {
  /** In characters. */
  readonly length: number;
  readonly alphabet: string;
  readonly randomBytes: RandomBytes;
}

/** A random text that nobody but its readers uses: there is nothing to set and nobody to ask. */
export function genericRandom({ length, alphabet, randomBytes }: GenericRandomProps): RotationStrategy {
  return {
    create: async () => randomText(length, alphabet, randomBytes),
    apply: async () => {},
    verify: async () => "verified",
    dryRun: async () => {},
  };
}
