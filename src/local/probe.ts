import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { managedResources, type Resource } from "../terraform/estate";
import { offlineForm } from "../terraform/offline";
import type { Synthesis } from "../terraform/read";
import { apply, initialise, planAgain } from "./deploy";
import { emulatorAccess } from "./emulator-access";
import { type Unsupported, withoutUnsupported } from "./leave-out";
import { localForm, PROVIDER_VERSION } from "./local-form";
import { assertLoopbackOnly } from "./loopback";
import { copyAssets } from "./prepare";
import { compareDrift } from "./second-plan";
import { TerraformFailed } from "./terraform";

export interface Probed {
  readonly row: Unsupported;
  /** `holds`: the row is no longer true. `unused`: no stack has such a resource. `blocked`: it needs what another row
   * leaves out, so it cannot be tried. `unclear`: something else failed. */
  readonly outcome: "fails" | "holds" | "unused" | "blocked" | "unclear";
  readonly detail: string;
}

export interface ProbeProps {
  readonly synthesis: Synthesis;
  /** All rows: what the others list is left out, so that each is tried for itself. */
  readonly rows: readonly Unsupported[];
  readonly workFolder: string;
  /** Empties the emulator: what one row has made must not stand in the way of the next. */
  readonly reset: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Tries what a row says the emulator cannot hold: one such resource, and what it needs, in a state of its own. */
export async function probe(row: Unsupported, props: ProbeProps): Promise<Probed> {
  const { synthesis, reset, signal } = props;
  const [resource] = managedResources(synthesis.estate, row.type).filter(
    ({ attributes }) => row.onlyWith === undefined || attributes[row.onlyWith] !== undefined,
  );
  if (!resource) return { row, outcome: "unused", detail: "no stack has one" };
  const folder = scratchFolder(row, resource, props);
  if (!folder) return { row, outcome: "blocked", detail: "it needs what another row leaves out" };
  const stack = { name: row.type, folder, dependencies: [], json: {}, leftOut: [] };
  await reset();
  await initialise(stack, signal);
  const target = [`-target=${resource.address}`];
  try {
    await apply(stack, signal, () => {}, target);
    const { unlisted } = compareDrift(new Map([[row.type, await planAgain(stack, signal, target)]]), []);
    const drift = unlisted.find(({ address }) => address === resource.address);
    return drift
      ? { row, outcome: "fails", detail: `the second plan changes ${drift.attributes.join(", ")}` }
      : { row, outcome: "holds", detail: `${resource.address} was applied, and a second plan changes nothing` };
  } catch (error) {
    if (!(error instanceof TerraformFailed)) throw error;
    const own = error.problems.find(
      (problem) => problem.includes(resource.address) || problem.startsWith("the provider"),
    );
    return own
      ? { row, outcome: "fails", detail: own }
      : { row, outcome: "unclear", detail: error.problems[0] ?? "Terraform gave no reason" };
  }
}

/** The resource's stack without the other rows' and with other stacks' ids made up, in a folder that holds no state yet.
 *
 * Undefined where the resource goes with what the others leave out.
 */
function scratchFolder(
  row: Unsupported,
  { stack: { name }, address, type }: Resource,
  { synthesis, rows, workFolder }: ProbeProps,
): string | undefined {
  const source = synthesis.stacks.find((stack) => stack.name === name);
  if (!source) throw new Error(`There is no stack ${name}.`);
  const others = rows.filter((other) => other !== row);
  const { stack, leftOut } = withoutUnsupported(name, source.json, others);
  if (leftOut.some((left) => left.address === address && left.change === "removed")) return undefined;
  const folder = join(workFolder, "probe", type);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const json = localForm(type, offlineForm(stack, synthesis.estate, { providerVersion: PROVIDER_VERSION }), folder);
  assertLoopbackOnly(emulatorAccess, [[name, json]]);
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json, null, 2));
  copyAssets(join(source.folder, "assets"), join(folder, "assets"));
  return folder;
}
