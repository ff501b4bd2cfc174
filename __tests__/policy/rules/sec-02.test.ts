import { sec02 } from "../../../src/policy/rules/sec-02-secrets-rotate";
import type { Json } from "../../../src/terraform/json";
import { found } from "../fragment";

const rotation = (rules: Json) =>
  found(sec02, { aws_secretsmanager_secret_rotation: { r: { secret_id: "arn:x", rotation_rules: rules } } });

describe("SEC-02", () => {
  it.each<Json>([
    { automatically_after_days: 90 },
    [{ automatically_after_days: "30" }],
    { schedule_expression: "rate(90 days)" },
    { schedule_expression: "rate(4 hours)" },
    { schedule_expression: "cron(0 3 1 * ? *)", duration: "2h" },
    { schedule_expression: "${var.schedule}" },
    { automatically_after_days: "${var.days}" },
  ])("lets a secret rotate by %j", (rules) => {
    expect(rotation(rules)).toEqual([]);
  });

  it.each<[Json, string]>([
    [{ automatically_after_days: 91 }, "leaves 91 days between rotations."],
    [{ schedule_expression: "rate(91 days)" }, "leaves 91 days between rotations."],
    [[{ schedule_expression: "rate(2400 hours)" }], "leaves 100 days between rotations."],
    [{ schedule_expression: "cron(0 3 1 1/3 ? *)" }, "leaves 92 days between rotations."],
    [{ schedule_expression: "cron(0 3 1 1 ? *)" }, "leaves 366 days between rotations."],
    [{ schedule_expression: "cron(5 3 1 * ? *)" }, "has a schedule that cannot be judged: minute-not-zero."],
    [{ duration: "2h" }, "says nothing about when to rotate."],
    [[], "has no rotation_rules."],
  ])("finds that a rotation by %j %s", (rules, message) => {
    expect(rotation(rules)).toEqual([`aws_secretsmanager_secret_rotation.r ${message}`]);
  });

  it("finds a secret without rotation, and takes one by id or ARN", () => {
    const secret = { aws_secretsmanager_secret: { s: { name: "s" } } };
    expect(found(sec02, secret)).toEqual(["aws_secretsmanager_secret.s does not rotate."]);
    for (const attribute of ["id", "arn"]) {
      const secret_id = `\${aws_secretsmanager_secret.s.${attribute}}`;
      const rotated = { r: { secret_id, rotation_rules: { automatically_after_days: 30 } } };
      expect(found(sec02, { ...secret, aws_secretsmanager_secret_rotation: rotated })).toEqual([]);
    }
  });
});
