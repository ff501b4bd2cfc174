import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Unsupported } from "./leave-out";
import type { KnownDrift } from "./second-plan";

const sentence = z.string().min(10);

const UnsupportedRows = z.array(
  z.strictObject({
    type: z.string().regex(/^aws_\w+$/),
    onlyWith: z.string().exactOptional(),
    dropFrom: z.array(z.string().regex(/^aws_\w+\.\w+$/)).exactOptional(),
    reason: sentence,
    emulatorVersion: z.string(),
  }),
);

const DriftRows = z.array(
  z.strictObject({ type: z.string(), attributes: z.array(z.string()).min(1), reason: sentence }),
);

const NotProvedRows = z.array(z.strictObject({ proof: z.string(), reason: sentence, instead: z.string() }));

/** A proof that a local run does not give, and what gives it. */
export type NotProved = z.infer<typeof NotProvedRows>[number];

const rows = <T>(file: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(join(__dirname, file), "utf8")));

/** What the emulator cannot hold; those resources are left out. */
export const unsupported = (): readonly Unsupported[] => rows("unsupported.json", UnsupportedRows);

/** What a second plan shows although nothing changed. */
export const knownDrift = (): readonly KnownDrift[] => rows("drift.json", DriftRows);

export const notProved = (): readonly NotProved[] => rows("not-proved.json", NotProvedRows);
