import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const AWS_PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** The versions of the AWS provider that a mirror folder holds, unpacked (`5.100.0/`) or packed (`…_5.100.0_os_arch.zip`). */
export function mirroredVersions(mirror: string): string[] {
  const folder = join(mirror, AWS_PROVIDER);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const versions = names.flatMap(
    (name) => /^(?:terraform-provider-aws_)?(\d+\.\d+\.\d+)(?:_.*\.zip)?$/.exec(name)?.[1] ?? [],
  );
  return [...new Set(versions)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** The version to plan with: the required one where the mirror holds it, else the mirror's newest; without a mirror the registry's, so the required one. */
export function availableVersion(mirror: string | undefined, required: string): string {
  if (mirror === undefined) return required;
  const versions = mirroredVersions(mirror);
  return versions.includes(required) ? required : (versions.at(-1) ?? required);
}

/** A Terraform CLI configuration that takes every provider from a mirror folder, and none from the network. */
export function mirrorConfiguration(mirror: string): string {
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["registry.terraform.io/*/*"]
  }
}
`;
}
