import fc from "fast-check";
import { defaultSchedule } from "../../src/secrets/default-schedule";
import { judgeSchedule } from "../../src/secrets/schedule";
import { scheduleProblem } from "../../src/secrets/schedule-problems";
import { example, exampleNames } from "../support/examples";

describe("the schedule of a secret that has none of its own", () => {
  it("follows from its name, and from nothing else", () => {
    expect(defaultSchedule("acme-production-github-webhook", "2h")).toEqual({
      expression: "cron(0 1 5 * ? *)",
      duration: "2h",
    });
    expect(defaultSchedule("acme-staging-github-webhook", "2h").expression).not.toBe("cron(0 1 5 * ? *)");
  });

  it("is once a month in a night of a day that every month has, and allowed, whatever the name", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { expression, duration } = defaultSchedule(name, "2h");
        const [, hour, day] = /^cron\(0 (\d+) (\d+) \* \? \*\)$/.exec(expression) ?? [];

        expect(Number(hour)).toBeGreaterThanOrEqual(1);
        expect(Number(hour)).toBeLessThanOrEqual(5);
        expect(Number(day)).toBeGreaterThanOrEqual(1);
        expect(Number(day)).toBeLessThanOrEqual(28);
        expect(judgeSchedule(expression, duration)).toMatchObject({ allowed: true, gaps: { maxGapHours: 31 * 24 } });
        expect(scheduleProblem("hook", { expression, duration }, 32)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe("a schedule that cannot be", () => {
  it("says its reason", () => {
    expect(scheduleProblem("hook", { expression: "cron(0 3 * * ? *)", duration: "2h" }, 32)).toBe(
      "The schedule of the secret hook is cron(0 3 * * ? *) for 2h, which is refused: too-close. Allowed is a cron of Secrets Manager's that rotates at least a day after the window before, and at most 90 days later. Change it in the environment file.",
    );
  });

  it("leaves the auditor a day, or the auditor would rotate before it", () => {
    const monthly = { expression: "cron(0 3 1 * ? *)", duration: "2h" };

    expect(scheduleProblem("hook", monthly, 31)).toBe(
      "maxAgeDays of the secret hook is 31 but its schedule cron(0 3 1 * ? *) leaves up to 31 days. At least 32 is needed, or the auditor rotates a day before the schedule does. Change it in the environment file.",
    );
    expect(scheduleProblem("hook", monthly, 32)).toBeUndefined();
  });
});

it("every rotation of the examples has a schedule that Secrets Manager and this project allow", () => {
  const rotations = exampleNames().flatMap((name) =>
    [...example(name).estate.values()]
      .flatMap(({ resources }) => [...resources.values()])
      .filter(({ mode, type }) => mode === "managed" && type === "aws_secretsmanager_secret_rotation")
      .map(({ attributes }) => attributes.rotation_rules as { schedule_expression: string; duration: string }),
  );

  expect(rotations).toHaveLength(8);
  for (const { schedule_expression, duration } of rotations) {
    expect(judgeSchedule(schedule_expression, duration).reason).toBeNull();
  }
});
