import { Command } from "commander";
import { markdownTable } from "../../report/generated";
import { type ModelParameters, modelParameters, scheduledRotations } from "../../secrets/model/parameters";
import { liveRows } from "../../secrets/model/pool";
import { problemOf, type Row, rows } from "../../secrets/model/rows";
import type { Sweep } from "../../secrets/model/sweep";
import { synthesizeExample } from "../examples";
import { progress } from "../progress";
import { tableText } from "../table-text";

/** Rotates through every fault that the model knows, with the product's own code and the environment's settings. */
export function simulateSecrets(): Command {
  return new Command("secrets")
    .description("Lives through thousands of rotations that go wrong. Exits 1 if one refuses an authentic delivery.")
    .option("--env <name>", "the environment", process.env.PLATFORM_ENV ?? "production")
    .option("--markdown", "print the table as it stands in the README")
    .action(async ({ env, markdown }: { env: string; markdown?: true }) => {
      const { estate } = (await synthesizeExample(env)).synthesis;
      const parameters = modelParameters(estate);
      console.log(settingsText(env, parameters));
      for (const { address, expression, duration, minGapHours, maxGapHours } of scheduledRotations(estate)) {
        const gaps = `${minGapHours / 24} to ${maxGapHours / 24} days apart`;
        console.log(`${address}: ${expression}, within ${duration ?? "the day"}, ${gaps}`);
      }
      const startedAt = performance.now();
      const sweeps = await liveRows(rows, parameters, ({ title }) => progress(title));
      const lived = rows.flatMap((row) => {
        const sweep = sweeps.get(row.id);
        return sweep ? [{ row, sweep }] : [];
      });
      console.log(`\n${markdown ? sweepMarkdown(lived) : sweepTable(lived)}`);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const problems = lived.flatMap(({ row, sweep }) => problemOf(row, sweep) ?? []);
      const checks = lived.reduce((sum, { sweep }) => sum + sweep.checks, 0);
      console.log(
        `\n${count(checks)} signature checks in ${seconds} s. A model, not AWS; docs/secrets.md says its limits.`,
      );
      for (const problem of problems) console.error(problem);
      if (problems.length === 0) console.log("No rotation refuses a delivery, and every weaker way is caught at it.");
      process.exitCode = problems.length === 0 ? 0 : 1;
    });
}

interface Lived {
  readonly row: Row;
  readonly sweep: Sweep;
}

export function sweepTable(lived: readonly Lived[]): string {
  const cells = lived.map(({ row, sweep }) => [
    ...figures({ row, sweep }),
    problemOf(row, sweep) === undefined ? "" : "BROKEN",
  ]);
  return tableText([[...head, ""], ...cells]);
}

/** As it stands in the README. */
export const sweepMarkdown = (lived: readonly Lived[]): string => markdownTable([[...head], ...lived.map(figures)]);

const head = ["what is tried", "refusing runs", "refusals", "checks", "role"];

const figures = ({ row: { title, role }, sweep }: Lived): string[] => [
  title,
  `${count(sweep.rejectingRuns)}/${count(sweep.runs)}`,
  count(sweep.rejections),
  count(sweep.checks),
  role,
];

function settingsText(env: string, parameters: ModelParameters): string {
  const { keyRefreshSeconds, missCooldownSeconds, previousGraceSeconds, settleSeconds, minIntervalSeconds } =
    parameters;
  return [
    `${env}, from its JSON: receivers read keys every ${keyRefreshSeconds} s and on a miss every ${missCooldownSeconds} s,`,
    `a former key counts for ${previousGraceSeconds / 3600} h; a rotation waits ${settleSeconds} s before it changes the sender,`,
    `and comes ${minIntervalSeconds / 3600} h after the last at the earliest.`,
  ].join("\n");
}

const count = (value: number) => value.toLocaleString("en-US");
