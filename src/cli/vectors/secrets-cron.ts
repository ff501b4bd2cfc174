import { z } from "zod";
import { judgeSchedule } from "../../secrets/schedule";
import type { Judgement } from "./judgement";

const Case = z.looseObject({
  id: z.string(),
  expression: z.string(),
  duration: z.string().nullable(),
  expect: z.looseObject({ valid: z.boolean(), allowed: z.boolean(), reason: z.string().nullable() }),
});

/** Judges a rotation schedule of Secrets Manager. */
export function judgeScheduleCase(json: unknown): Judgement {
  const { id, expression, duration, expect } = Case.parse(json);
  const { gaps, ...verdict } = judgeSchedule(expression, duration ?? undefined);
  return { case: id, expected: expect, actual: { ...verdict, ...gaps } };
}
