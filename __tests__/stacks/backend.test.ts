import production from "../../environments/production";
import { App, TerraformStack, Testing } from "../../src/cdktf";
import { parseEnvironment } from "../../src/config/load";
import type { Environment } from "../../src/config/schema";
import { addBackend } from "../../src/stacks/backend";

function terraformBlock(backend: Environment["backend"]) {
  const config = parseEnvironment({ ...production, backend }, "environments/production.ts");
  const stack = new TerraformStack(new App({ stackTraces: false, skipValidation: true }), "data");
  addBackend(stack, "data", config);
  return JSON.parse(Testing.synth(stack)).terraform;
}

describe("the state of a stack", () => {
  it("lies in a local file, at the same relative path on every machine", () => {
    expect(terraformBlock({ kind: "local" })).toEqual({
      backend: { local: { path: "../../../.state/production/data.tfstate" } },
    });
  });

  it("lies in S3, encrypted and locked by a file", () => {
    const backend = {
      kind: "s3",
      bucket: "acme-terraform-state",
      region: "us-east-1",
      kmsKeyId: "alias/terraform-state",
      roleArn: "arn:aws:iam::111122223333:role/state",
    } as const;

    expect(terraformBlock(backend)).toEqual({
      backend: {
        s3: {
          bucket: "acme-terraform-state",
          key: "acme/production/data.tfstate",
          region: "us-east-1",
          encrypt: true,
          kms_key_id: "alias/terraform-state",
          assume_role: { role_arn: "arn:aws:iam::111122223333:role/state" },
          use_lockfile: true,
        },
      },
    });
  });

  it("lies in S3 without a key or role of its own", () => {
    expect(terraformBlock({ kind: "s3", bucket: "acme-terraform-state", region: "us-east-1" })).toEqual({
      backend: {
        s3: {
          bucket: "acme-terraform-state",
          key: "acme/production/data.tfstate",
          region: "us-east-1",
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  });

  it("lies in a workspace of Terraform Cloud", () => {
    expect(
      terraformBlock({ kind: "cloud", organization: "acme", project: "reviews", hostname: "tfe.example.com" }),
    ).toEqual({
      cloud: {
        organization: "acme",
        hostname: "tfe.example.com",
        workspaces: { name: "acme-production-data", project: "reviews" },
      },
    });
  });

  it("lies in a workspace behind the remote backend", () => {
    expect(terraformBlock({ kind: "remote", organization: "acme" })).toEqual({
      backend: { remote: { organization: "acme", workspaces: { name: "acme-production-data" } } },
    });
  });
});
