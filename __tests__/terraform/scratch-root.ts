import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, type JsonObject } from "../../src/terraform/json";
import { type OfflineStack, writeModules } from "../../src/terraform/modules";
import { offlineForm } from "../../src/terraform/offline";
import { availableVersion } from "../../src/terraform/provider-mirror";
import type { Synthesis } from "../../src/terraform/read";
import { type TerraformResult, terraform } from "../../src/terraform/terraform-cli";

/** An empty folder for Terraform, outside the checkout. */
export const scratchFolder = (): string => mkdtempSync(join(tmpdir(), "terraform-"));

/** Why Terraform cannot judge an environment on this machine; undefined where it can.
 *
 * Asked once while tests are collected, so that they are skipped by name. With `REQUIRE_TERRAFORM=1` they run, and
 * fail, instead.
 */
export function whyTerraformCannotRun(synthesis: Synthesis): string | undefined {
  if (process.env.REQUIRE_TERRAFORM === "1") return undefined;
  const folder = scratchFolder();
  writeModules(folder, offlineStacks(synthesis).slice(0, 1));
  const result = terraform(folder, process.env, ["init", "-backend=false"]);
  rmSync(folder, { recursive: true });
  return result.kind === "done" ? undefined : explain(result);
}

export function explain(result: TerraformResult): string {
  if (result.kind === "done") return "Terraform ran.";
  if (result.kind === "not-installed") return `${result.binary} is not installed.`;
  if (result.kind === "provider-not-available") return `The AWS provider is not available:\n${result.output}`;
  return `${result.command} failed:\n${result.output}`;
}

/** The stacks of an environment in their offline form for the provider at hand. */
export function offlineStacks({ stacks, estate }: Synthesis, prefix = ""): OfflineStack[] {
  return stacks.map(({ name, folder, json }) => {
    const providerVersion = availableVersion(process.env.TERRAFORM_PROVIDER_MIRROR, requiredVersion(json));
    return { name: `${prefix}${name}`, folder, json: offlineForm(json, estate, { providerVersion }) };
  });
}

function requiredVersion({ terraform }: JsonObject): string {
  const required = isObject(terraform) ? terraform.required_providers : undefined;
  const aws = isObject(required) ? required.aws : undefined;
  if (isObject(aws) && typeof aws.version === "string") return aws.version;
  throw new Error("A stack does not say which AWS provider it requires.");
}
