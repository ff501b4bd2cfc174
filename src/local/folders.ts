import { resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** Where a local run keeps its things; all of it is ignored by git. */
export const folders = {
  synthesized: resolve(root, "build/local"),
  state: resolve(root, ".state/local"),
  /** Of the emulator and its functions. */
  temporary: resolve(root, ".local/tmp"),
  /** Stacks as they are applied, logs, and what a kept run needs to be found again. */
  work: resolve(root, ".local"),
  python: resolve(root, ".emulator"),
} as const;
