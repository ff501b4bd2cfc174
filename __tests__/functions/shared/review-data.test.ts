import fc from "fast-check";
import { asksForReview, pullRequestEvent } from "../../../functions/shared/github-event";
import { repository } from "../../../functions/shared/repository";
import { review, reviewStatuses } from "../../../functions/shared/review";
import { partition, reviewId, reviewIdText, reviewKey, runKey, runPrefix } from "../../../functions/shared/review-key";
import { reviewMessage } from "../../../functions/shared/review-message";
import { runEvent } from "../../../functions/shared/spacelift-event";

const commit = "0123456789abcdef0123456789abcdef01234567";
const subject = { repository: "example/platform", pullRequest: 7, commit };

const spaceliftRun = {
  account: "example",
  state: "FINISHED",
  stateVersion: 4,
  timestamp: 1_767_225_600,
  run: {
    id: "01JEXAMPLE0000000000000000",
    type: "PROPOSED",
    commit: { hash: commit, url: `https://github.com/Example/Platform/commit/${commit}` },
  },
  stack: { id: "platform-prod", name: "Platform" },
};

describe("the key of a review", () => {
  it("sorts a repository's reviews by pull request", () => {
    expect(reviewKey(subject)).toEqual({ pk: "REPO#example/platform", sk: `PR#00000007#${commit}` });
    expect(partition("example/platform")).toBe("REPO#example/platform");
  });

  it("is beside those of its commit's runs", () => {
    expect(runKey({ ...subject, runId: "01J" })).toEqual({ pk: "REPO#example/platform", sk: `RUN#${commit}#01J` });
    expect(runPrefix(commit)).toBe(`RUN#${commit}#`);
  });
});

describe("the id of a review", () => {
  it("stands for its subject and nothing else", () => {
    expect(reviewIdText.parse(reviewId(subject))).toEqual(subject);
  });

  it("is refused for every text that no review has", () => {
    const notAnId = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64url")),
    );

    fc.assert(fc.property(notAnId, (text) => expect(reviewIdText.safeParse(text).success).toBe(false)));
  });

  it.each([
    ["upper case", "Example/Platform#7#"],
    ["a number with a sign", "example/platform#+7#"],
    ["a number with zeros", "example/platform#007#"],
    ["no number", "example/platform##"],
    ["a path that climbs", "example/..#7#"],
  ])("is refused with %s", (_what, start) => {
    expect(reviewIdText.safeParse(Buffer.from(`${start}${commit}`).toString("base64url")).success).toBe(false);
  });

  it("is refused in a second spelling of the same bytes", () => {
    const id = reviewId(subject);
    const last = id.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const other = id.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1];

    expect(Buffer.from(other, "base64url").equals(Buffer.from(id, "base64url"))).toBe(true);
    expect(reviewIdText.safeParse(other).success).toBe(false);
  });
});

describe("a repository's name", () => {
  it("is the same in any case", () => {
    expect(repository.parse("Example/Platform.JS")).toBe("example/platform.js");
  });

  it.each([
    "example",
    "example/",
    "/platform",
    "a/b/c",
    "example/..",
    "example/.",
    "a b/c",
    "a/b?c",
    `a/${"b".repeat(140)}`,
  ])("is refused as %p", (name) => {
    expect(repository.safeParse(name).success).toBe(false);
  });
});

describe("a GitHub event", () => {
  const event = {
    action: "opened",
    number: 7,
    pull_request: { head: { sha: commit }, title: "dropped" },
    repository: { full_name: "Example/Platform" },
    installation: { id: 5 },
  };

  it("keeps what a review needs", () => {
    expect(pullRequestEvent.parse(event)).toEqual({
      action: "opened",
      number: 7,
      pull_request: { head: { sha: commit } },
      repository: { full_name: "example/platform" },
      installation: { id: 5 },
    });
  });

  it.each(["opened", "synchronize", "reopened", "ready_for_review"])("%s asks for a review", (action) => {
    expect(asksForReview("pull_request", { ...event, action })).toBe(true);
  });

  it.each([
    ["pull_request", "closed"],
    ["pull_request", "labeled"],
    ["pull_request", "edited"],
    ["pull_request_review", "opened"],
    ["issues", "opened"],
    ["ping", undefined],
    [undefined, "opened"],
  ])("%s %s asks for none", (name, action) => {
    expect(asksForReview(name, { ...event, action })).toBe(false);
  });
});

describe("a Spacelift event", () => {
  it("gives a run with the repository of its commit's address", () => {
    expect(runEvent.parse(spaceliftRun)).toEqual({
      state: "FINISHED",
      stateVersion: 4,
      timestamp: 1_767_225_600,
      stack: { id: "platform-prod" },
      runId: "01JEXAMPLE0000000000000000",
      type: "PROPOSED",
      commit,
      repository: "example/platform",
    });
  });

  it.each([
    ["a notice about Spacelift itself", { title: "Invalid Stack Slug", severity: "ERROR", account: "example" }],
    ["a run without a commit", { ...spaceliftRun, run: { id: "01J", type: "TASK" } }],
    [
      "a commit of another kind of host",
      {
        ...spaceliftRun,
        run: { ...spaceliftRun.run, commit: { hash: commit, url: `https://gitlab.test/a/b/-/commit/${commit}` } },
      },
    ],
    [
      "an address of nothing",
      { ...spaceliftRun, run: { ...spaceliftRun.run, commit: { hash: commit, url: "https://github.com/" } } },
    ],
  ])("that is %s gives none", (_what, event) => {
    expect(runEvent.safeParse(event).success).toBe(false);
  });
});

describe("what is stored and queued", () => {
  it("refuses a message with both a body and its object", () => {
    const head = { source: "github", deliveryId: "d", acceptedAt: "2026-03-02T12:00:00.000Z" };

    expect(reviewMessage.safeParse({ ...head, body: "{}" }).success).toBe(true);
    expect(reviewMessage.safeParse({ ...head, bodyObjectKey: "k" }).success).toBe(true);
    expect(reviewMessage.safeParse({ ...head, body: "{}", bodyObjectKey: "k" }).success).toBe(false);
    expect(reviewMessage.safeParse(head).success).toBe(false);
  });

  it("shows of a stored review neither its lease nor the state of its comment", () => {
    const stored = {
      ...subject,
      status: "in-progress",
      createdAt: "2026-03-02T12:00:00Z",
      leaseUntil: 1,
      commentState: "posting",
      pk: "x",
    };

    expect(reviewStatuses).toContain("in-progress");
    expect(Object.keys(review.parse(stored))).toEqual(["repository", "pullRequest", "commit", "status", "createdAt"]);
  });
});
