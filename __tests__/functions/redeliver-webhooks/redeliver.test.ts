import { readHookTarget } from "../../../functions/redeliver-webhooks/hook-target";
import { redeliverMissed } from "../../../functions/redeliver-webhooks/redeliver";
import { GithubError } from "../../../functions/shared/github";
import { recorder } from "../support/http-events";

const now = new Date("2026-03-04T05:00:00Z");

/** A run over deliveries that failed an hour ago, each once unless its count is given. */
async function run(
  counts: Readonly<Record<string, number>>,
  refuse: (id: number) => number | undefined = () => undefined,
) {
  const kept = recorder();
  const asked: number[] = [];
  const sinces: Date[] = [];
  let id = 0;
  const attempts = Object.entries(counts).flatMap(([guid, count]) =>
    Array.from({ length: count }, () => {
      id += 1;
      const deliveredAt = new Date(now.getTime() - 3_600_001 + id);
      return { id, guid, deliveredAt, event: "push", status: "timed out", statusCode: 0 };
    }),
  );
  const hook = {
    async attempts(since: Date) {
      sinces.push(since);
      return attempts;
    },
    async redeliver(attemptId: number) {
      asked.push(attemptId);
      const status = refuse(attemptId);
      if (status !== undefined) throw new GithubError(status, "/canary");
    },
  };
  const error: unknown = await redeliverMissed(now, {
    hook,
    lookbackSeconds: 86_400,
    record: kept.record,
    log: kept.log,
  }).then(
    () => undefined,
    (reason) => reason,
  );
  return { ...kept, asked, sinces, error };
}

const counted = (Redelivered: number, RedeliveryExhausted: number) => [
  { dimension: "Source", value: "github", samples: { Redelivered, RedeliveryExhausted } },
];

describe("a run", () => {
  it("asks for what was missed, and counts it and what is given up", async () => {
    const { asked, samples, error, lines } = await run({ a: 1, b: 6, c: 2, d: 7 });

    expect(error).toBeUndefined();
    expect(asked).toEqual([1, 9]);
    expect(samples).toEqual(counted(2, 2));
    expect(lines).toEqual([
      { level: "warn", message: "deliveries-missed", fields: { redelivered: 2, failed: 0, waiting: 0, exhausted: 2 } },
    ]);
  });

  it("says zero and nothing else where nothing was missed", async () => {
    const { samples, lines } = await run({});

    expect(samples).toEqual(counted(0, 0));
    expect(lines).toEqual([]);
  });

  it("sees more than the look-back, so that it knows a delivery's first attempt", async () => {
    expect((await run({})).sinces).toEqual([new Date("2026-03-03T02:00:00Z")]);
  });

  it("goes on after a request that GitHub did not take, and fails at the end", async () => {
    const { asked, samples, error, lines } = await run({ a: 1, b: 1, c: 1 }, (id) => (id === 2 ? 422 : undefined));

    expect(asked).toEqual([1, 2, 3]);
    expect(samples).toEqual(counted(2, 0));
    expect(error).toMatchObject({ name: "RedeliveryError", message: "GitHub did not take 1 of the redeliveries." });
    expect(lines[0]).toMatchObject({
      level: "error",
      message: "redelivery-failed",
      fields: { attemptId: 2, status: 422 },
    });
    expect(JSON.stringify(lines)).not.toContain("canary");
  });

  it("asks for forty at most, for GitHub slows down who sends more; the others wait for the next", async () => {
    const { asked, lines } = await run(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`g${index}`, 1])));

    expect(asked).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(lines.at(-1)?.fields).toEqual({ redelivered: 40, failed: 0, waiting: 10, exhausted: 0 });
  });
});

describe("the hook", () => {
  it.each([
    { kind: "github-app-hook" },
    { kind: "github-repo-hook", repository: "example/platform", hookId: 7 },
    { kind: "github-org-hook", organization: "example", hookId: 7 },
  ])("may be any of GitHub's three: $kind", (hook) => {
    expect(readHookTarget(JSON.stringify(hook))).toEqual(hook);
  });

  it.each([
    "",
    "{}",
    '{"kind":"manual"}',
    '{"kind":"github-repo-hook","repository":"../app","hookId":7}',
    '{"kind":"github-repo-hook","repository":"a/b/c","hookId":7}',
    '{"kind":"github-org-hook","organization":"example","hookId":"7"}',
  ])("is refused: %s", (json) => {
    expect(() => readHookTarget(json)).toThrow();
  });
});
