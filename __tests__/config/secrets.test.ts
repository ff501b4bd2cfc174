import production from "../../environments/production";
import { ConfigError, parseEnvironment } from "../../src/config/load";

const parse = (secrets: unknown) => parseEnvironment({ ...production, secrets }, "environments/production.ts").secrets;
function problemsOf(secrets: unknown): readonly string[] {
  try {
    parse(secrets);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

it("without a word, GitHub's key rotates through the App, Spacelift's by hand, and times are those of the design", () => {
  expect(parse(undefined)).toEqual({
    githubWebhook: { kind: "github-app-hook", maxAgeDays: 32 },
    spaceliftWebhook: { kind: "manual", maxAgeDays: 90 },
    more: {},
    timing: {
      settleSeconds: 10,
      missCooldownSeconds: 5,
      keyRefreshSeconds: 300,
      minIntervalSeconds: 86_400,
      previousGraceSeconds: 108_000,
      redeliveryLookbackSeconds: 86_400,
      longestRotationSeconds: 14_400,
    },
  });
});

it("times may be as short as they leave room for each other", () => {
  const timing = { settleSeconds: 6, missCooldownSeconds: 1, previousGraceSeconds: 100_800 };

  expect(parse({ timing }).timing).toMatchObject(timing);
});

const where = "Set it in environments/production.ts.";

it.each<[string, unknown, readonly string[]]>([
  [
    "a kind that GitHub's webhook has not",
    { githubWebhook: { kind: "apigw-key" } },
    [
      `secrets.githubWebhook.kind is "apigw-key"; allowed is one of "github-app-hook", "github-repo-hook", "github-org-hook", "manual". ${where}`,
    ],
  ],
  [
    "a webhook of nowhere",
    { githubWebhook: { kind: "github-repo-hook", repository: "reviews" } },
    [
      `secrets.githubWebhook.repository is "reviews"; allowed is owner/name. ${where}`,
      `secrets.githubWebhook.hookId is missing; allowed is a number. ${where}`,
    ],
  ],
  [
    "a schedule that is none, and a window longer than a day",
    { githubWebhook: { kind: "github-app-hook", schedule: { expression: "rate(30 days)", duration: "25h" } } },
    [
      `secrets.githubWebhook.schedule.expression is "rate(30 days)"; allowed is cron(...) with six fields. ${where}`,
      `secrets.githubWebhook.schedule.duration is "25h"; allowed is 1h to 24h. ${where}`,
    ],
  ],
  [
    "an alphabet with a letter twice",
    { more: { pepper: { kind: "generic-random", alphabet: "abcdefghija" } } },
    [`secrets.more.pepper.alphabet is "abcdefghija"; allowed is characters that differ from each other. ${where}`],
  ],
  [
    "a value in the configuration",
    { more: { pepper: { kind: "manual", value: "hunter2" } } },
    ["secrets.more.pepper.value is not a known key. Remove or correct it in environments/production.ts."],
  ],
])("%s is refused", (_, secrets, problems) => {
  expect(problemsOf(secrets)).toEqual(problems);
});

it("a noun that is no noun is refused", () => {
  expect(problemsOf({ more: { "My Secret": { kind: "manual" } } })).toHaveLength(1);
});
