import { answerDiff } from "../../../functions/reviewer/answer-diff";
import { dailyLimit } from "../../../functions/reviewer/daily-limit";
import type { ReviewModel } from "../../../functions/reviewer/model";
import { recordDuration } from "../../../functions/reviewer/post-comment";
import { ReviewBusy, reviewPullRequest } from "../../../functions/reviewer/review-pull-request";
import { reviewStore } from "../../../functions/reviewer/review-store";
import { NoAppKey } from "../../../functions/shared/github-app";
import { fault } from "../support/fake-aws";
import { FakePullRequest } from "../support/fake-github";
import { FakeTable } from "../support/fake-table";
import { recorder } from "../support/http-events";

const commit = "0123456789abcdef0123456789abcdef01234567";
const newer = "f".repeat(40);
const request = { repository: "example/platform", pullRequest: 7, commit, acceptedAt: "2026-03-02T12:00:00.000Z" };
const start = Date.parse("2026-03-02T12:00:10Z");
const leaseMs = 900_000;
const output = { summary: "Sets the limit to zero.", findings: [] };

function worker({ maxPerDay = 500 } = {}) {
  const table = new FakeTable();
  const pull = new FakePullRequest(commit);
  const state = { now: start, asked: 0, model: undefined as ReviewModel | undefined };
  const seen = recorder();
  const model: ReviewModel = async (diff, truncated) => {
    state.asked += 1;
    return state.model ? state.model(diff, truncated) : output;
  };
  const review = (more: object = {}) =>
    reviewPullRequest(
      { ...request, ...more },
      {
        pullRequest: async () => pull,
        store: reviewStore(table.documents, "reviews", () => state.now),
        model,
        takeDailyReview: dailyLimit(table.documents, "reviews", maxPerDay, () => new Date(state.now)),
        nowMs: () => state.now,
        leaseUntilMs: state.now + leaseMs,
        record: seen.record,
      },
    );
  const item = (of = commit) => table.item("REPO#example/platform", `PR#00000007#${of}`);
  return { table, pull, state, review, item, ...seen };
}

describe("a review", () => {
  it("is stored, posted once and measured", async () => {
    const { review, item, pull, samples } = worker();

    expect(await review()).toBe("posted");

    expect(item()).toMatchObject({
      repository: "example/platform",
      pullRequest: 7,
      commit,
      status: "completed",
      createdAt: "2026-03-02T12:00:00.000Z",
      completedAt: "2026-03-02T12:00:10.000Z",
      summary: "Sets the limit to zero.",
      truncated: false,
      commentState: "posted",
      commentUrl: "https://github.test/comment/1",
    });
    expect(pull.diffs).toEqual([`base...${commit}`]);
    expect(pull.comments).toHaveLength(1);
    expect(samples).toEqual([
      { dimension: "Service", value: "review", samples: { ReviewSlow120: 0, ReviewSlow300: 0, ReviewSlow600: 0 } },
    ]);
  });

  it("counts as slow from the limit on, measured from the accepted delivery", async () => {
    const { review, state, samples } = worker();
    state.model = async () => {
      state.now = Date.parse("2026-03-02T12:05:00Z");
      return output;
    };

    await review();

    expect(samples.at(-1)?.samples).toEqual({ ReviewSlow120: 1, ReviewSlow300: 1, ReviewSlow600: 0 });
  });

  it.each([
    [119.999, 0, 0, 0],
    [120, 1, 0, 0],
    [300, 1, 1, 0],
    [600, 1, 1, 1],
  ])(
    "that took %p s misses the limits of 2, 5 and 10 minutes: %p %p %p",
    (seconds, ReviewSlow120, ReviewSlow300, ReviewSlow600) => {
      const { record, samples } = recorder();

      recordDuration(record, request.acceptedAt, Date.parse(request.acceptedAt) + seconds * 1000);

      expect(samples.map(({ samples: of }) => of)).toEqual([{ ReviewSlow120, ReviewSlow300, ReviewSlow600 }]);
    },
  );

  it("takes one of the day's number once there is a diff, not before", async () => {
    const order: string[] = [];
    const pull = new FakePullRequest(commit);
    const step = (name: string) => void order.push(name);
    const readDiff = pull.diff.bind(pull);
    pull.diff = async (base, of) => {
      step("diff");
      return readDiff(base, of);
    };

    await answerDiff(
      pull,
      { base: "base", head: commit, commit },
      { update: async () => step("store") },
      {
        model: async () => {
          step("model");
          return output;
        },
        takeDailyReview: async () => {
          step("count");
          return true;
        },
        nowMs: () => start,
        record: recorder().record,
      },
    );

    expect(order).toEqual(["diff", "count", "model", "store"]);
  });

  it("is made once however often it is asked for", async () => {
    const { review, state, pull } = worker();
    await review();

    expect(await review()).toBe("already-posted");
    expect(await review({ commit: undefined })).toBe("already-posted");
    expect(state.asked).toBe(1);
    expect(pull.comments).toHaveLength(1);
  });

  it("is of the head where no commit is named", async () => {
    const { review, item, pull } = worker();
    pull.head = newer;

    await review({ commit: undefined });

    expect(item(newer)).toMatchObject({ status: "completed" });
  });

  it("is of the commit that was pushed, though the pull request has moved on", async () => {
    const { review, item, pull } = worker();
    pull.head = newer;

    expect(await review()).toBe("posted");
    expect(pull.diffs).toEqual([`base...${commit}`]);
    expect(item()).toMatchObject({ status: "completed" });
  });

  it("says that the diff was cut", async () => {
    const { review, item, pull } = worker();
    pull.diffTruncated = true;

    await review();

    expect(item()).toMatchObject({ truncated: true });
    expect(pull.comments[0]?.body).toContain("only its first part was reviewed");
  });
});

describe("two workers", () => {
  it("do not review one commit side by side, and the second keeps its message", async () => {
    const { review, state, pull } = worker();
    state.model = async () => {
      await expect(review()).rejects.toBeInstanceOf(ReviewBusy);
      return output;
    };

    expect(await review()).toBe("posted");
    expect(state.asked).toBe(1);
    expect(pull.comments).toHaveLength(1);
  });

  it("do not post one review side by side", async () => {
    const { review, pull, state } = worker();
    pull.commentFault = "after";
    await review().catch(() => undefined);
    pull.commentFault = undefined;
    const find = pull.findComment.bind(pull);
    pull.findComment = async (marker) => {
      pull.findComment = find;
      await expect(review()).rejects.toBeInstanceOf(ReviewBusy);
      return find(marker);
    };

    expect(await review()).toBe("posted");
    expect(pull.comments).toHaveLength(1);
    expect(state.asked).toBe(1);
  });

  it("whose first lost its lease leave the review to the second", async () => {
    const { review, state, item, pull } = worker();
    state.model = async () => {
      state.model = undefined;
      state.now += leaseMs;
      await review();
      return { ...output, summary: "too late" };
    };

    await expect(review()).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });

    expect(item()).toMatchObject({ status: "completed", summary: "Sets the limit to zero.", commentState: "posted" });
    expect(pull.comments).toHaveLength(1);
  });
});

describe("a worker that is stopped", () => {
  /** A crash at each write to the table, before or after it took effect; then the message comes again. */
  const crashes = [1, 2, 3, 4].flatMap((write) => [
    { write, when: "before" },
    { write, when: "after" },
  ]);

  it.each(crashes)("$when its write number $write leads to one comment in the end", async ({ write, when }) => {
    const { review, state, table, pull, item } = worker();
    let writes = 0;
    table.faultOn = () => {
      writes += 1;
      // A process that has died does not write again.
      if (writes > write) return fault("InternalServerError");
      if (writes < write) return undefined;
      return when === "before" ? fault("InternalServerError") : { after: fault("InternalServerError") };
    };
    await expect(review()).rejects.toMatchObject({ name: "InternalServerError" });
    table.faultOn = () => undefined;
    state.now += leaseMs;

    expect(["posted", "already-posted"]).toContain(await review());

    expect(pull.comments).toHaveLength(1);
    expect(item()).toMatchObject({
      status: "completed",
      commentState: "posted",
      commentUrl: "https://github.test/comment/1",
    });
  });

  it("by a lost answer to a write that took effect shows the review as completed in the end", async () => {
    const { review, table, item, pull } = worker();
    let writes = 0;
    table.faultOn = () => {
      writes += 1;
      return writes === 3 ? { after: fault("InternalServerError") } : undefined;
    };
    await expect(review()).rejects.toMatchObject({ name: "InternalServerError" });

    expect(await review()).toBe("posted");

    expect(item()).toMatchObject({ status: "completed", commentState: "posted" });
    expect(pull.comments).toHaveLength(1);
  });

  it("is the whole of its writes: claim, count, answer, posted", async () => {
    const { review, table } = worker();

    await review();

    expect(table.operations).toEqual(["UpdateItem", "UpdateItem", "UpdateItem", "UpdateItem"]);
  });

  it.each(["before", "after"] as const)(
    "by GitHub %s it took the comment posts it once, without a second review",
    async (when) => {
      const { review, pull, state } = worker();
      pull.commentFault = when;
      await expect(review()).rejects.toMatchObject({ status: 502 });
      pull.commentFault = undefined;

      expect(await review()).toBe("posted");

      expect(pull.comments).toHaveLength(1);
      expect(state.asked).toBe(1);
    },
  );

  it("by the model tries again, and the review shows that it failed until then", async () => {
    const { review, state, item } = worker();
    state.model = async () => {
      throw new Error("throttled");
    };
    await expect(review()).rejects.toThrow("throttled");
    expect(item()).toMatchObject({ status: "failed" });

    state.model = undefined;

    expect(await review()).toBe("posted");
    expect(item()).toMatchObject({ status: "completed" });
  });
});

describe("no review", () => {
  it("is made above the day's number, which workers cannot exceed together", async () => {
    const { review, state, item, samples, table } = worker({ maxPerDay: 2 });
    const ask = (pullRequest: number) => review({ pullRequest });

    const outcomes = await Promise.all([1, 2, 3, 4].map(ask));

    expect(outcomes.sort()).toEqual(["posted", "posted", "refused", "refused"]);
    expect(state.asked).toBe(2);
    expect(table.item("DAY#2026-03-02", "#")).toMatchObject({ reviews: 2, expiresAt: start / 1000 + 7 * 86_400 });
    expect(samples.filter(({ samples: of }) => "ReviewRefused" in of)).toHaveLength(2);

    await review();
    expect(item()).toMatchObject({ status: "refused", reason: "daily-limit" });
  });

  it("stays refused the next day: asked for again, it is made", async () => {
    const { review, state, item } = worker({ maxPerDay: 1 });
    await review({ pullRequest: 8 });
    expect(await review()).toBe("refused");

    state.now += 86_400_000;

    expect(await review()).toBe("posted");
    expect(item()).not.toHaveProperty("reason");
  });

  it.each([
    ["diff-too-large", { diffStatus: 406 }],
    ["empty-diff", { diffText: "\n" }],
  ])("is made of a %s, and the model is not asked", async (reason, change) => {
    const { review, pull, item, state } = worker();
    Object.assign(pull, change);

    expect(await review()).toBe("refused");
    expect(item()).toMatchObject({ status: "refused", reason });
    expect(state.asked).toBe(0);
  });

  it("is made of a commit that a forced push has removed", async () => {
    const { review, pull, item } = worker();
    pull.head = newer;
    pull.diffStatus = 404;

    expect(await review()).toBe("superseded");
    expect(item()).toMatchObject({ status: "superseded" });
  });

  it("is lost where the head's diff is not there yet", async () => {
    const { review, pull, item } = worker();
    pull.diffStatus = 404;

    await expect(review()).rejects.toMatchObject({ status: 404 });
    expect(item()).toMatchObject({ status: "failed" });
  });

  it("is tried for a pull request that the App does not see", async () => {
    const { review, pull, table } = worker();
    pull.commitsStatus = 404;

    expect(await review()).toBe("not-found");
    expect(table.operations).toEqual([]);
  });

  it("is given up while the App has no key or GitHub is down", async () => {
    const { review, pull } = worker();
    pull.commitsStatus = 503;
    await expect(review()).rejects.toMatchObject({ status: 503 });

    pull.commits = async () => {
      throw new NoAppKey("The secret of the GitHub App holds no key yet.");
    };
    await expect(review()).rejects.toBeInstanceOf(NoAppKey);
  });

  it("is given up while the table is down", async () => {
    const { review, table, pull } = worker();
    table.faultOn = () => fault("InternalServerError");
    await expect(review()).rejects.toMatchObject({ name: "InternalServerError" });

    table.faultOn = () => undefined;
    pull.commentFault = "before";
    await review().catch(() => undefined);
    let writes = 0;
    table.faultOn = () => {
      writes += 1;
      return writes === 2 ? fault("InternalServerError") : undefined;
    };
    await expect(review()).rejects.toMatchObject({ name: "InternalServerError" });
  });
});
