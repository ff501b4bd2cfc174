import { rmSync } from "node:fs";
import { managedResources } from "../../src/terraform/estate";
import { writeModules } from "../../src/terraform/modules";
import { readsFromAws } from "../../src/terraform/offline";
import { readPlan } from "../../src/terraform/plan";
import { plan } from "../../src/terraform/terraform-cli";
import { example } from "../support/examples";
import { explain, offlineStacks, scratchFolder, whyTerraformCannotRun } from "./scratch-root";

const production = example("production");
const reason = whyTerraformCannotRun(production);
if (reason) console.warn(`terraform plan is skipped. ${reason}`);

it("no production stack reads from AWS while it is planned", () => {
  expect(production.stacks.flatMap(({ json }) => readsFromAws(json))).toEqual([]);
});

(reason ? describe.skip : describe)("terraform plan without an account", () => {
  const root = scratchFolder();
  afterAll(() => rmSync(root, { recursive: true }));

  it("creates exactly what was synthesized for production, each resource in its region", () => {
    writeModules(root, offlineStacks(production));

    const result = plan(root, process.env);

    expect(explain(result)).toBe("Terraform ran.");
    const { changes } = readPlan("production", result.kind === "done" ? result.output : "");
    const planned = changes.filter(({ after }) => after?.mode === "managed");
    expect(planned.map(({ address, actions, after }) => `${address} ${actions} ${after?.region}`).sort()).toEqual(
      managedResources(production.estate)
        .map(({ address, region, stack }) => `module.${stack.name}.${address} create ${region}`)
        .sort(),
    );
  }, 180_000);
});
