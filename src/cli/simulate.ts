import { readFileSync } from "node:fs";
import { Command } from "commander";
import { z } from "zod";
import { ConfigError } from "../config/load";
import { type Acl, readAcls } from "../waf/read-acl";
import { verdictText } from "../waf/story";
import { synthesizeExample } from "./examples";
import { simulateSecrets } from "./simulate/secrets";
import { tableText } from "./table-text";
import { judgeWafRequest } from "./vectors/waf-requests";
import { decideCase, RequestCase } from "./waf/cases";

const File = z.looseObject({ config: z.unknown().optional(), cases: z.array(z.unknown()).min(1, "it has no cases") });
const Named = z.looseObject({ id: z.string() });
const Expected = z.looseObject({ expect: z.record(z.string(), z.unknown()).default({}) });

/** Runs cases through a model of what was synthesized. */
export function simulate(): Command {
  const waf = new Command("waf")
    .description("Decides requests by the API's web ACL. Exits 1 if a case expects something else.")
    .argument("<file>", "JSON with a list `cases`, each with id, request, managed, before, atSec, expect")
    .option(
      "--env <name>",
      "the environment; a file with a `config` brings its own",
      process.env.PLATFORM_ENV ?? "production",
    )
    .action(async (file: string, { env }: { env: string }) => {
      const content = parsed(file);
      const acl = content.config === undefined ? await environmentAcl(env) : undefined;
      const results = content.cases.map((json, index) => run(json, index, acl, content));
      const rows = results.map(({ id, said, problem }) => [
        problem === undefined ? "as expected" : "DIFFERS",
        id,
        said,
      ]);
      console.log(tableText([["", "case", "verdict"], ...rows]));
      const different = results.filter(({ problem }) => problem !== undefined);
      for (const { id, problem } of different) console.log(`\n${id}: ${problem}`);
      console.log(`\n${results.length} requests, ${different.length} not as expected`);
      process.exitCode = different.length === 0 ? 0 : 1;
    });
  return new Command("simulate")
    .description("Runs cases through a model.")
    .addCommand(waf.exitOverride())
    .addCommand(simulateSecrets().exitOverride());
}

interface Result {
  readonly id: string;
  readonly said: string;
  /** What was expected instead. */
  readonly problem?: string;
}

/** A case with nothing expected is only told. One that cannot be judged is not as expected. */
function run(json: unknown, index: number, acl: Acl | undefined, content: unknown): Result {
  try {
    const { id, ...given } = RequestCase.parse(json);
    const { expect } = Expected.parse(json);
    const decision = acl ? decideCase(acl, { id, ...given }) : judgeWafRequest(json, content).decision;
    const wrong = Object.entries(expect).filter(
      ([key, wanted]) => JSON.stringify(wanted) !== JSON.stringify({ ...decision }[key as "verdict"] ?? null),
    );
    const said = `it ${verdictText(decision)}`;
    if (wrong.length === 0) return { id, said };
    return { id, said, problem: `expected ${JSON.stringify(Object.fromEntries(wrong))}` };
  } catch (error) {
    const said = "cannot be judged";
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    return { id: Named.safeParse(json).data?.id ?? `#${index}`, said, problem };
  }
}

async function environmentAcl(name: string): Promise<Acl> {
  const { synthesis } = await synthesizeExample(name);
  const acl = readAcls(synthesis.estate).find(({ scope }) => scope === "REGIONAL");
  if (!acl) throw new ConfigError([`The environment ${name} has no web ACL before its API.`]);
  return acl;
}

function parsed(file: string): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new ConfigError([`${file} is no file of cases: ${why}`]);
  }
}
