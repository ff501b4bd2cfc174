import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExistingThings } from "../../src/adopt/existing";
import { AwsProvider } from "../../src/aws";
import { App, LocalBackend, TerraformStack } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { createNames } from "../../src/config/names";
import { existingKinds, type Mode, modes } from "../../src/config/ownership";
import type { Config } from "../../src/config/schema";
import { managedResources } from "../../src/terraform/estate";
import { writeModules } from "../../src/terraform/modules";
import { readSynthesis } from "../../src/terraform/read";
import { validate } from "../../src/terraform/terraform-cli";
import { explain, offlineStacks, scratchFolder, whyTerraformCannotRun } from "../terraform/scratch-root";
import { configWith, entry, offered } from "./existing-things";

/** The three stacks, with what they hold of existing things and nothing else. */
function synthesis(config: Config) {
  const folder = mkdtempSync(join(tmpdir(), "existing-"));
  const app = new App({ outdir: folder, stackTraces: false, skipValidation: true });
  const roleArn = config.deployRoleArn;
  const stack = (id: string) => {
    const scope = new TerraformStack(app, id);
    new LocalBackend(scope, { path: `${id}.tfstate` });
    new AwsProvider(scope, "aws", { region: config.region, allowedAccountIds: [config.accountId] });
    return scope;
  };
  const common = { existing: config.existing, names: createNames(config) };
  new ExistingThings(stack("service"), "existing", {
    ...common,
    stack: "service",
    webAclArn: `arn:aws:wafv2:us-east-1:${config.accountId}:regional/webacl/api/0a1b2c3d`,
  });
  new ExistingThings(stack("data"), "existing", {
    ...common,
    stack: "data",
    breakGlassRoleArn: roleArn,
    deployRoleArn: roleArn,
  });
  new ExistingThings(stack("recovery"), "existing", {
    ...common,
    stack: "recovery",
    backupPlanId: "plan-1",
    backupRoleArn: roleArn,
  });
  app.synth();
  return { folder, read: readSynthesis(folder) };
}

describe("the example", () => {
  const { existing } = loadEnvironment("brownfield");

  it("uses every mode and every kind of thing", () => {
    expect([...new Set(existing.map(({ mode }) => mode))].sort()).toEqual([...modes].sort());
    expect([...new Set(existing.map(({ kind }) => kind))].sort()).toEqual([...existingKinds].sort());
  });

  it("adds these resources, two of them imported", () => {
    const { folder, read } = synthesis(loadEnvironment("brownfield"));
    rmSync(folder, { recursive: true });

    expect(
      managedResources(read.estate)
        .map(({ stack, type }) => `${stack.name} ${type}`)
        .sort(),
    ).toEqual([
      "data aws_appautoscaling_policy",
      "data aws_appautoscaling_policy",
      "data aws_appautoscaling_target",
      "data aws_appautoscaling_target",
      "data aws_cloudwatch_log_group",
      "data aws_dynamodb_contributor_insights",
      "data aws_dynamodb_table",
      "data aws_s3_bucket_ownership_controls",
      "data aws_s3_bucket_public_access_block",
      "data aws_s3_bucket_server_side_encryption_configuration",
      "data aws_s3_bucket_versioning",
      "recovery aws_backup_selection",
      "service aws_api_gateway_method_settings",
      "service aws_lambda_function_event_invoke_config",
      "service aws_lambda_function_recursion_config",
      "service aws_wafv2_web_acl_association",
    ]);
    expect(read.stacks.map(({ name, json }) => [name, json.import])).toEqual([
      [
        "data",
        [
          { to: "aws_dynamodb_table.adopted_customers", id: "customers" },
          {
            to: "aws_cloudwatch_log_group.adopted_aws-lambda-send-receipts-2af8b83f",
            id: "/aws/lambda/send-receipts",
          },
        ],
      ],
      ["recovery", undefined],
      ["service", undefined],
    ]);
  });
});

describe("everything that is offered, at once", () => {
  const hardeningsIn = (kind: (typeof existingKinds)[number], mode: Mode) =>
    Object.entries(offered[kind]).flatMap(([hardening, possible]) => (possible.includes(mode) ? [hardening] : []));
  const names = { attach: "attached-thing", adopt: "adopted-thing", verify: "verified-thing" };
  const identity = (kind: (typeof existingKinds)[number], mode: Mode) => {
    if (kind === "rest-api") return { stage: mode };
    if (kind === "secret") return { arn: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${mode}-a1B2c3` };
    return { name: names[mode] };
  };
  const things = existingKinds.flatMap((kind) =>
    modes.flatMap((mode) => {
      const hardenings = hardeningsIn(kind, mode);
      return hardenings.length > 0 ? [entry(kind, mode, hardenings, identity(kind, mode))] : [];
    }),
  );
  const { folder, read } = synthesis(configWith(things));
  const root = scratchFolder();
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(root, { recursive: true });
  });
  const reason = whyTerraformCannotRun(read);
  if (reason) console.warn(`terraform validate is skipped. ${reason}`);

  (reason ? it.skip : it)(
    "is valid Terraform for the provider at hand",
    () => {
      writeModules(root, offlineStacks(read));

      const result = validate(root, process.env);

      expect(things).toHaveLength(13);
      expect(explain(result)).toBe("Terraform ran.");
    },
    120_000,
  );
});
