import { type Estate, managedResources } from "../terraform/estate";
import { type ModelParameters, modelParameters, scheduledRotations } from "./model/parameters";
import { problemOf, rows } from "./model/rows";

export interface RotationOutcome {
  readonly looked: string;
  readonly findings: readonly string[];
  readonly accepted: readonly string[];
}

/** Every so many histories of each row; all of them are lived through by `npm run simulate -- secrets`. */
const everyNth = 16;
const known = new Map<string, Promise<{ readonly runs: number; readonly findings: readonly string[] }>>();

/** Whether the schedules are allowed, and a share of the rotations that go wrong refuses no delivery. */
export async function rotationCheck(estate: Estate): Promise<RotationOutcome> {
  if (managedResources(estate, "aws_secretsmanager_secret_rotation").length === 0) {
    return { looked: "no secret rotates by itself", findings: [], accepted: [] };
  }
  const rotations = scheduledRotations(estate);
  const parameters = modelParameters(estate);
  const key = JSON.stringify(parameters);
  const { runs, findings } = await (known.get(key) ?? remembered(key, parameters));
  const schedules = rotations.length === 1 ? "1 schedule" : `${rotations.length} schedules`;
  const looked = `${schedules}, and ${runs} histories (one in ${everyNth}) of rotations that go wrong`;
  return { looked, findings, accepted: [] };
}

/** Environments with the same settings have the same histories. */
function remembered(key: string, parameters: ModelParameters) {
  const outcome = livedThrough(parameters);
  known.set(key, outcome);
  return outcome;
}

async function livedThrough(parameters: ModelParameters) {
  let runs = 0;
  const findings: string[] = [];
  for (const row of rows.filter(({ role }) => role === "must pass")) {
    const sweep = await row.live(parameters, { index: 0, of: everyNth });
    runs += sweep.runs;
    const problem = problemOf(row, sweep);
    if (problem) findings.push(problem);
  }
  return { runs, findings };
}
