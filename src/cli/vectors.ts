import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Command } from "commander";
import { z } from "zod";
import { VECTOR_FORMATS, type VectorFormat } from "./vectors/formats";

/** Judges cases of test vectors with the product's own rules, one JSON line a case.
 *
 * Exits 1 if a case fails, 2 if a file cannot be judged: such a file is never counted as passed.
 */
export function vectors(): Command {
  return new Command("vectors")
    .description(`Judges files of test vectors: ${VECTOR_FORMATS.map(({ prefix }) => `${prefix}*.json`).join(", ")}.`)
    .argument("<file...>", "JSON files with a list of cases")
    .action(async (files: readonly string[]) => {
      const verdicts: Verdict[] = [];
      const problems: string[] = [];
      for (const file of files) {
        try {
          for await (const verdict of judgeFile(file)) verdicts.push(verdict);
        } catch (error) {
          problems.push(`${file}: ${messageOf(error)}`);
        }
      }
      const failed = verdicts.filter(({ pass }) => !pass).length;
      for (const verdict of verdicts) console.log(JSON.stringify(verdict));
      for (const problem of problems) console.error(problem);
      console.log(`${verdicts.length - failed} passed, ${failed} failed`);
      process.exitCode = problems.length > 0 ? 2 : failed > 0 ? 1 : 0;
    });
}

interface Verdict {
  readonly file: string;
  readonly case: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly pass: boolean;
}

const VectorFile = z.looseObject({ cases: z.array(z.unknown()).min(1, "it has no cases") });

async function* judgeFile(file: string): AsyncGenerator<Verdict> {
  const format = VECTOR_FORMATS.find(({ prefix }) => basename(file).startsWith(prefix));
  if (!format) {
    const known = VECTOR_FORMATS.map(({ prefix }) => prefix).join(", ");
    throw new Error(`no format has this name; a name begins with ${known}`);
  }
  const content = VectorFile.parse(JSON.parse(readFileSync(file, "utf8")));
  for (const [index, json] of content.cases.entries()) yield { file, ...(await judged(json, index, content, format)) };
}

/** A case that cannot be judged has failed, with the reason in place of a result. */
async function judged(
  json: unknown,
  index: number,
  content: unknown,
  { judge }: VectorFormat,
): Promise<Omit<Verdict, "file">> {
  try {
    const { case: name, expected, actual } = await judge(json, content);
    return { case: name, expected, actual, pass: isDeepStrictEqual(actual, expected) };
  } catch (error) {
    const { id, name, expect: expected = null } = Identity.catch({}).parse(json);
    return { case: id ?? name ?? `#${index}`, expected, actual: { error: messageOf(error) }, pass: false };
  }
}

const Identity = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  expect: z.unknown().optional(),
});

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
