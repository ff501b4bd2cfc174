import { App, Testing } from "../../src/cdktf";
import { DataStack } from "../../src/stacks/data-stack";
import { resources, type TerraformJson } from "../support/synthesize";
import { configWithSecrets } from "./rich-config";

const dataStackOf = (config = configWithSecrets()): TerraformJson =>
  JSON.parse(Testing.synth(new DataStack(new App({ stackTraces: false, skipValidation: true }), config)));
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

/** Roles that a secret's policy does not stop, by the kind of call. */
function admitted(json: TerraformJson, noun: string, action: string): string[] {
  const policies = Object.entries(json.resource?.aws_secretsmanager_secret_policy ?? {});
  const [, policy] = policies.find(([id]) => id.startsWith(`${noun}-secret_policy`)) ?? [];
  const statements: { Action: string[]; Condition: { ArnNotEquals: Record<string, string[]> } }[] = JSON.parse(
    String(policy?.policy),
  ).Statement;
  const [statement] = statements.filter(({ Action }) => Action.includes(`secretsmanager:${action}`));
  return (statement?.Condition.ArnNotEquals["aws:PrincipalArn"] ?? [])
    .filter((arn) => arn !== role("break-glass"))
    .map((arn) => arn.replace(role(""), "").replace("acme-production-", ""));
}

describe("the containers", () => {
  const names = (json: TerraformJson) =>
    resources(json, "aws_secretsmanager_secret").map(({ name }) => String(name).replace("acme-production-", ""));

  it("are three, and further ones where a kind or the environment asks for them", () => {
    expect(names(dataStackOf(configWithSecrets({}, [])))).toEqual([
      "github-app",
      "github-webhook",
      "spacelift-webhook",
    ]);
    expect(names(dataStackOf()).sort()).toEqual([
      "entra-admin",
      "github-app",
      "github-webhook",
      "old-key",
      "orders-client",
      "pepper",
      "spacelift-api-key",
      "spacelift-webhook",
    ]);
  });

  it("hold the ones of before at the addresses of before", () => {
    const ids = Object.keys(dataStackOf().resource?.aws_secretsmanager_secret ?? {});

    expect(ids).toEqual(
      expect.arrayContaining(["github-app-secret", "github-webhook-secret", "spacelift-webhook-secret"]),
    );
  });
});

describe("a secret's policy", () => {
  const json = dataStackOf();

  it.each([
    ["github-webhook", ["webhook", "rotate-github-repo-hook"]],
    ["spacelift-webhook", ["webhook", "rotate-spacelift-named-webhook"]],
    ["github-app", ["reviewer", "rotate-github-repo-hook", "redeliver-webhooks"]],
    ["spacelift-api-key", ["rotate-spacelift-named-webhook"]],
    ["entra-admin", ["rotate-entra-client-secret", "credential-sweeper"]],
    ["orders-client", ["rotate-entra-client-secret", "orders"]],
    ["pepper", ["rotate-generic-random"]],
    ["old-key", []],
  ])("lets %s be read by %j and break-glass", (noun, readers) => {
    expect(admitted(json, noun, "GetSecretValue")).toEqual(readers);
  });

  it.each([
    ["github-webhook", ["rotate-github-repo-hook"]],
    ["spacelift-webhook", ["rotate-spacelift-named-webhook"]],
    ["orders-client", ["rotate-entra-client-secret"]],
    ["github-app", []],
    ["spacelift-api-key", []],
    ["entra-admin", []],
    ["old-key", []],
  ])("lets %s be written by %j and break-glass", (noun, writers) => {
    expect(admitted(json, noun, "PutSecretValue")).toEqual(writers);
    expect(admitted(json, noun, "UpdateSecretVersionStage")).toEqual(writers);
    expect(admitted(json, noun, "UpdateSecret")).toEqual([]);
    expect(admitted(json, noun, "CancelRotateSecret")).toEqual([]);
  });
});
