import { SecretContainer } from "../../src/secrets/secret-container";
import type { PolicyStatement } from "../../src/security/resource-policy";
import { only, synthesize } from "../support/synthesize";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const json = synthesize((stack) => {
  new SecretContainer(stack, "github-webhook-secret", {
    name: "acme-test-github-webhook",
    description: "Signs deliveries of GitHub",
    kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
    replica: { region: "us-east-2", kmsKeyArn: "arn:aws:kms:us-east-2:111122223333:key/2" },
    recoveryWindowDays: 30,
    readerRoleArns: [role("acme-test-webhook"), role("acme-test-rotate-github-app-hook")],
    writerRoleArns: [role("acme-test-rotate-github-app-hook")],
    breakGlassRoleArn: role("break-glass"),
    deployRoleArn: role("apply"),
  });
});

describe("a secret's container", () => {
  const secret = only(json, "aws_secretsmanager_secret");
  const statements: PolicyStatement[] = JSON.parse(
    String(only(json, "aws_secretsmanager_secret_policy").policy),
  ).Statement;

  /** Tells whether the policy stops a role; it allows nothing, so identity policies decide the rest. */
  const denied = (roleArn: string, action: string) =>
    statements.some(
      ({ Effect, Action, Condition }) =>
        Effect === "Deny" &&
        Action.includes(`secretsmanager:${action}`) &&
        !Condition?.ArnNotEquals?.["aws:PrincipalArn"]?.includes(roleArn),
    );

  test("is encrypted on both sides, restorable for 30 days and cannot be destroyed by a plan", () => {
    expect(secret).toEqual({
      name: "acme-test-github-webhook",
      description: "Signs deliveries of GitHub",
      kms_key_id: "arn:aws:kms:us-east-1:111122223333:key/1",
      recovery_window_in_days: 30,
      replica: [{ region: "us-east-2", kms_key_id: "arn:aws:kms:us-east-2:111122223333:key/2" }],
      lifecycle: { prevent_destroy: true },
    });
  });

  test("holds no value, which would lie in Terraform's state", () => {
    expect(JSON.stringify(json)).not.toMatch(/secret_string|secret_binary|aws_secretsmanager_secret_version/);
  });

  test.each([
    ["its function", role("acme-test-webhook"), false],
    ["what rotates it", role("acme-test-rotate-github-app-hook"), false],
    ["what rotates another kind", role("acme-test-rotate-apigw-key"), true],
    ["the auditor", role("acme-test-rotation-auditor"), true],
    ["break-glass", role("break-glass"), false],
    ["the deploy role", role("apply"), true],
    ["another function", role("acme-test-reviews-api"), true],
    ["an administrator", role("admin"), true],
    ["the root user", "arn:aws:iam::111122223333:root", true],
  ])("is read by its functions and break-glass: %s", (_, roleArn, isDenied) => {
    expect(denied(roleArn, "GetSecretValue")).toBe(isDenied);
  });

  test.each([
    ["PutSecretValue", false],
    ["UpdateSecretVersionStage", false],
    ["UpdateSecret", true],
    ["CancelRotateSecret", true],
    ["DeleteSecret", true],
  ])(
    "is written by what rotates it and break-glass, and otherwise changed by break-glass alone: %s",
    (action, isDenied) => {
      expect(denied(role("acme-test-rotate-github-app-hook"), action)).toBe(isDenied);
      expect(denied(role("acme-test-webhook"), action)).toBe(true);
      expect(denied(role("acme-test-rotation-auditor"), action)).toBe(true);
      expect(denied(role("apply"), action)).toBe(true);
      expect(denied(role("break-glass"), action)).toBe(false);
    },
  );

  test("keeps its policy unless the deploy role or break-glass changes it", () => {
    for (const action of ["PutResourcePolicy", "DeleteResourcePolicy"]) {
      expect(denied(role("acme-test-webhook"), action)).toBe(true);
      expect(denied(role("apply"), action)).toBe(false);
      expect(denied(role("break-glass"), action)).toBe(false);
    }
  });

  test("names no role as principal, since AWS refuses those that do not exist yet", () => {
    expect(statements).toHaveLength(4);
    for (const { Principal } of statements) expect(Principal).toEqual({ AWS: "*" });
    expect(only(json, "aws_secretsmanager_secret_policy").block_public_policy).toBe(true);
  });
});
