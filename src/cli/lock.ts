import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { provider } from "../config/defaults";
import { childEnvironment } from "../terraform/terraform-cli";

const lockFile = ".terraform.lock.hcl";
const platforms = ["linux_amd64", "linux_arm64", "darwin_arm64"];

/** Records the provider's checksums for every platform that runs it: laptops, CI and Terraform Cloud. Needs the registry. */
export function lock(): Command {
  return new Command("lock")
    .description(`Writes ${lockFile} with the provider's checksums; every synthesis copies it into the stacks.`)
    .action(() => {
      const scratch = mkdtempSync(join(tmpdir(), "lock-"));
      try {
        const required = { aws: { source: "hashicorp/aws", version: provider.version } };
        writeFileSync(join(scratch, "lock.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
        const args = ["providers", "lock", ...platforms.map((platform) => `-platform=${platform}`)];
        const env = childEnvironment(scratch, process.env);
        const { status } = spawnSync(env.TERRAFORM_BINARY_NAME || "terraform", args, {
          cwd: scratch,
          env,
          stdio: "inherit",
        });
        if (status === 0) {
          copyFileSync(join(scratch, lockFile), resolve(__dirname, "../..", lockFile));
          console.log(`Wrote ${lockFile}. Commit it; the next synthesis copies it into every stack.`);
        } else {
          console.error(`Terraform did not reach the registry, so ${lockFile} stays as it was.`);
          process.exitCode = 1;
        }
      } finally {
        rmSync(scratch, { recursive: true });
      }
    });
}
