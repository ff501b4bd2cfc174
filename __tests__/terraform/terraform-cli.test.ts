import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { availableVersion, mirrorConfiguration, mirroredVersions } from "../../src/terraform/provider-mirror";
import { childEnvironment, terraform, validate } from "../../src/terraform/terraform-cli";

const folders: string[] = [];

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "terraform-cli-"));
  folders.push(folder);
  return folder;
}

// A folder that looks like a mirror of the provider and is none would be found by whoever looks for one.
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("the environment of a Terraform run", () => {
  it("turns a mirror folder into a CLI configuration in the scratch folder", () => {
    const folder = scratch();

    const env = childEnvironment(folder, { TERRAFORM_PROVIDER_MIRROR: "/mirror", PATH: "/bin" });

    expect(env).toEqual({
      PATH: "/bin",
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
    });
    expect(readFileSync(join(folder, "terraform.rc"), "utf8")).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/mirror"
    include = ["registry.terraform.io/*/*"]
  }
}
`);
  });

  it("drops a CLI configuration that names no file, and keeps one that does", () => {
    const folder = scratch();
    writeFileSync(join(folder, "own.rc"), "");

    expect(childEnvironment(folder, { TF_CLI_CONFIG_FILE: "/no/such/file" })).not.toHaveProperty("TF_CLI_CONFIG_FILE");
    expect(childEnvironment(folder, { TF_CLI_CONFIG_FILE: join(folder, "own.rc") })).toHaveProperty(
      "TF_CLI_CONFIG_FILE",
      join(folder, "own.rc"),
    );
    expect(existsSync(join(folder, "terraform.rc"))).toBe(false);
  });

  it("holds nothing of AWS and nothing that changes what is planned", () => {
    const outside = { AWS_PROFILE: "p", AWS_ENDPOINT_URL: "u", TF_VAR_x: "1", TF_WORKSPACE: "w", TF_DATA_DIR: "d" };
    const kept = { HOME: "/root", TF_PLUGIN_CACHE_DIR: "/cache", TF_CLI_ARGS_plan: "-destroy" };

    expect(childEnvironment(scratch(), { ...outside, ...kept })).toEqual({
      HOME: "/root",
      TF_PLUGIN_CACHE_DIR: "/cache",
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
    });
  });
});

describe("a mirror folder", () => {
  const mirror = scratch();
  const aws = join(mirror, "registry.terraform.io/hashicorp/aws");
  mkdirSync(join(aws, "5.9.0/linux_amd64"), { recursive: true });
  mkdirSync(join(aws, "5.100.0/linux_amd64"), { recursive: true });
  writeFileSync(join(aws, "terraform-provider-aws_6.1.0_linux_amd64.zip"), "");
  writeFileSync(join(aws, "index.json"), "{}");

  it("tells the versions it holds, unpacked and packed, oldest first", () => {
    expect(mirroredVersions(mirror)).toEqual(["5.9.0", "5.100.0", "6.1.0"]);
    expect(mirroredVersions(scratch())).toEqual([]);
  });

  it("gives the required version where it has it, else its newest", () => {
    expect(availableVersion(mirror, "5.100.0")).toBe("5.100.0");
    expect(availableVersion(mirror, "6.25.0")).toBe("6.1.0");
    expect(availableVersion(undefined, "6.25.0")).toBe("6.25.0");
    expect(availableVersion(scratch(), "6.25.0")).toBe("6.25.0");
  });

  it("is quoted in the configuration", () => {
    expect(mirrorConfiguration('/a "b"')).toContain('path    = "/a \\"b\\""');
  });
});

describe("what a run can end with", () => {
  /** A binary that prints and exits as told. */
  const fake = (script: string) => {
    const binary = join(scratch(), "terraform");
    writeFileSync(binary, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: binary };
  };

  it("is never a pass where Terraform is not installed", () => {
    expect(terraform(scratch(), { TERRAFORM_BINARY_NAME: "no-such-terraform" }, ["version"])).toEqual({
      kind: "not-installed",
      binary: "no-such-terraform",
    });
  });

  it.each([["Error: Failed to query available provider packages"], ["Error: Failed to install provider"]])(
    "is never a pass where init says %p",
    (message) => {
      const result = validate(scratch(), fake(`echo "${message}" >&2; exit 1`));

      expect(result).toEqual({ kind: "provider-not-available", output: `${message}\n` });
    },
  );

  it("is a failure with the command and everything it printed", () => {
    const env = fake('test "$1" = init && exit 0; echo out; echo err >&2; exit 1');

    expect(validate(scratch(), env)).toEqual({
      kind: "failed",
      command: `${env.TERRAFORM_BINARY_NAME} validate`,
      output: "out\nerr\n",
    });
  });

  it("is the last command's output where all are done", () => {
    expect(validate(scratch(), fake('echo "$*"'))).toEqual({ kind: "done", output: "validate -no-color\n" });
  });
});
