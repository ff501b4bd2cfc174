import { judgeSchedule } from "../../secrets/schedule";
import type { Block } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const mostDays = 90;

export const sec02: SecurityRule = {
  id: "SEC-02",
  scope: "linked",
  demand: `Each secret rotates by itself, at least every ${mostDays} days.`,
  why: "A secret that leaked unnoticed opens the door until it is changed.",
  covers: ["CKV_AWS_304", "CKV2_AWS_57"],
  *check(look) {
    for (const secret of look.resources("aws_secretsmanager_secret")) {
      if (look.linked(secret, "aws_secretsmanager_secret_rotation", "secret_id").length > 0) continue;
      yield {
        at: secret,
        message: "does not rotate.",
        fix: "Add an aws_secretsmanager_secret_rotation with its secret_id and rotation_rules.",
      };
    }
    for (const rotation of look.resources("aws_secretsmanager_secret_rotation")) {
      const rules = look.blocks(rotation, "rotation_rules");
      const problem =
        rules.length === 0
          ? "has no rotation_rules."
          : rules.map((rule) => problemOf(look, rule)).find((found) => found !== undefined);
      if (problem === undefined) continue;
      yield {
        at: rotation,
        message: problem,
        fix: `Set schedule_expression in rotation_rules to a cron with at most ${mostDays} days between runs, such as cron(0 3 1 * ? *).`,
      };
    }
  },
};

function problemOf(look: Look, rule: Block): string | undefined {
  const days = look.number(rule, "automatically_after_days");
  if (days !== undefined) return problemOfGap(days);
  if (look.isSet(rule, "automatically_after_days")) return undefined;
  if (!look.isSet(rule, "schedule_expression")) return "says nothing about when to rotate.";
  const expression = look.text(rule, "schedule_expression");
  return expression === undefined ? undefined : problemOfSchedule(expression);
}

const problemOfGap = (days: number): string | undefined =>
  days >= 1 && days <= mostDays ? undefined : `leaves ${days} days between rotations.`;

function problemOfSchedule(expression: string): string | undefined {
  const { valid, reason, gaps } = judgeSchedule(expression);
  const hours = gaps?.maxGapHours ?? rateHours(expression);
  if (valid && hours !== undefined) return problemOfGap(Math.ceil(hours / 24));
  return `has a schedule that cannot be judged: ${reason}.`;
}

function rateHours(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(expression) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "day" ? 24 : 1);
}
