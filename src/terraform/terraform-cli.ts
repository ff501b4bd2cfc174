import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { mirrorConfiguration } from "./provider-mirror";

/** How a run of Terraform ended. Only `done` says anything about the configuration. */
export type TerraformResult =
  | { readonly kind: "done"; readonly output: string }
  | { readonly kind: "failed"; readonly command: string; readonly output: string }
  | { readonly kind: "not-installed"; readonly binary: string }
  | { readonly kind: "provider-not-available"; readonly output: string };

/** Initialises and validates the configuration in a folder. */
export function validate(folder: string, env: NodeJS.ProcessEnv): TerraformResult {
  return inOrder(folder, env, ["init", "-backend=false"], ["validate"]);
}

/** Plans the configuration in a folder without reading from AWS; the output is the plan as JSON. */
export function plan(folder: string, env: NodeJS.ProcessEnv): TerraformResult {
  return inOrder(
    folder,
    env,
    ["init"],
    ["plan", "-refresh=false", "-lock=false", "-out=plan"],
    ["show", "-json", "plan"],
  );
}

/** Stops at the first command that is not done; returns the last one's result. */
function inOrder(
  folder: string,
  env: NodeJS.ProcessEnv,
  ...commands: readonly [string, ...string[]][]
): TerraformResult {
  let result: TerraformResult = { kind: "done", output: "" };
  for (const args of commands) {
    result = terraform(folder, env, args);
    if (result.kind !== "done") break;
  }
  return result;
}

/** Runs one Terraform command in a scratch folder of the caller. */
export function terraform(
  folder: string,
  env: NodeJS.ProcessEnv,
  [command, ...options]: readonly [string, ...string[]],
): TerraformResult {
  const binary = env.TERRAFORM_BINARY_NAME || "terraform";
  const interactive = ["init", "plan"].includes(command) ? ["-input=false"] : [];
  const { status, stdout, stderr, error } = spawnSync(binary, [command, "-no-color", ...interactive, ...options], {
    cwd: folder,
    env: childEnvironment(folder, env),
    encoding: "utf8",
    maxBuffer: 1 << 29,
  });
  if (error && "code" in error && error.code === "ENOENT") return { kind: "not-installed", binary };
  if (status === 0) return { kind: "done", output: stdout };
  const output = `${error?.message ?? ""}${stdout}${stderr}`;
  if (command === "init" && PROVIDER_MISSING.test(output)) return { kind: "provider-not-available", output };
  return { kind: "failed", command: `${binary} ${command}`, output };
}

/** What `terraform init` says where neither a mirror nor the registry has the provider. */
const PROVIDER_MISSING = /Failed to (?:query available provider packages|install provider)/;

/** The variables a run sees: none of AWS's and none that changes what is planned or where it is written.
 *
 * `TERRAFORM_PROVIDER_MIRROR` becomes a CLI configuration in the scratch folder. A `TF_CLI_CONFIG_FILE` that names
 * no file is dropped, since Terraform would print a warning into every output.
 */
export function childEnvironment(folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: configured, TERRAFORM_PROVIDER_MIRROR: mirror, ...others } = env;
  const kept = Object.entries(others).filter(
    ([name]) => !/^(?:AWS_|TF_VAR_|TF_CLI_ARGS|TF_DATA_DIR$|TF_WORKSPACE$|TF_LOG)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    ...cliConfiguration(folder, configured, mirror),
  };
}

function cliConfiguration(
  folder: string,
  configured: string | undefined,
  mirror: string | undefined,
): NodeJS.ProcessEnv {
  if (mirror) {
    const file = join(folder, "terraform.rc");
    writeFileSync(file, mirrorConfiguration(resolve(mirror)));
    return { TF_CLI_CONFIG_FILE: file };
  }
  return configured && existsSync(configured) ? { TF_CLI_CONFIG_FILE: configured } : {};
}
