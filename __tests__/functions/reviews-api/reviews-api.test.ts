import fc from "fast-check";
import { cursor, cursorText, startKey } from "../../../functions/reviews-api/cursor";
import { operations } from "../../../functions/reviews-api/operations";
import { reviewReader } from "../../../functions/reviews-api/review-reader";
import { reviewId, reviewKey, runKey } from "../../../functions/shared/review-key";
import { fault } from "../support/fake-aws";
import { FakeTable } from "../support/fake-table";
import { httpEvent } from "../support/http-events";

const commit = "0123456789abcdef0123456789abcdef01234567";
const subject = { repository: "example/platform", pullRequest: 7, commit };
const stored = {
  ...subject,
  status: "completed",
  createdAt: "2026-03-02T12:00:00.000Z",
  summary: "Fine.",
  findings: [],
};
const id = reviewId(subject);

function service(...items: Record<string, string | number>[]) {
  const table = new FakeTable();
  for (const item of items) {
    const attributes = Object.entries(item).map(([name, value]) => [
      name,
      typeof value === "number" ? { N: String(value) } : { S: value },
    ]);
    table.items.set(`${item.pk}\n${item.sk}`, Object.fromEntries(attributes));
  }
  const api = operations(reviewReader(table.documents, "reviews"));
  return { table, api };
}

/** A review as the table holds it, with what must never be shown. */
const item = (pullRequest: number, createdAt: string, repository = "example/platform") => ({
  ...reviewKey({ repository, pullRequest, commit }),
  repository,
  pullRequest,
  commit,
  status: "in-progress",
  createdAt,
  leaseUntil: 1,
  commentState: "posting",
});

const run = (runId: string, state: string) => ({
  ...runKey({ ...subject, runId }),
  runId,
  stackId: "platform",
  type: "TRACKED",
  state,
  stateVersion: 4,
  updatedAt: "2026-03-02T12:00:00.000Z",
  expiresAt: 1,
});

const reader = { roles: "Reviews.Read" };
const admin = { roles: "Platform.Admin" };

describe("a list", () => {
  const list = (query: Record<string, string>) => httpEvent("GET /api/v1/reviews", { ...reader, query });

  it("has one repository's reviews, newest first, and nothing of how they are kept", async () => {
    const { api } = service(
      item(1, "2026-03-01T00:00:00.000Z"),
      item(2, "2026-03-03T00:00:00.000Z"),
      item(3, "2026-03-02T00:00:00.000Z"),
      item(4, "2026-03-04T00:00:00.000Z", "example/other"),
      run("01J", "FINISHED"),
    );

    const answer = await api.listReviews(list({ repository: "Example/Platform" }));

    const { reviews, next } = JSON.parse(answer.body);
    expect(answer.statusCode).toBe(200);
    expect(reviews.map(({ pullRequest }: { pullRequest: number }) => pullRequest)).toEqual([2, 3, 1]);
    expect(Object.keys(reviews[0]).sort()).toEqual([
      "commit",
      "createdAt",
      "id",
      "pullRequest",
      "repository",
      "status",
    ]);
    expect(next).toBeUndefined();
  });

  it("comes in pages that together are the whole, whatever their size", async () => {
    const items = Array.from({ length: 7 }, (_, index) => item(index + 1, `2026-03-0${(index % 3) + 1}T00:00:00.000Z`));
    const { api } = service(...items);

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (limit) => {
        const seen: number[] = [];
        let after: Record<string, string> | undefined = {};
        while (after) {
          const answer = await api.listReviews(
            list({ repository: "example/platform", limit: String(limit), ...after }),
          );
          const { reviews, next } = JSON.parse(answer.body);
          seen.push(...reviews.map(({ pullRequest }: { pullRequest: number }) => pullRequest));
          after = next && { cursor: next };
        }
        expect(seen).toEqual([6, 3, 5, 2, 7, 4, 1]);
      }),
      { numRuns: 16 },
    );
  });

  it.each([
    ["no repository", {}],
    ["a repository without an owner", { repository: "platform" }],
    ["no limit at all", { repository: "a/b", limit: "0" }],
    ["a limit above 100", { repository: "a/b", limit: "101" }],
    ["a limit in words", { repository: "a/b", limit: "ten" }],
    ["a cursor of somebody's own", { repository: "a/b", cursor: "eyJwayI6IngifQ" }],
    ["a parameter that does not exist", { repository: "a/b", offset: "3" }],
  ])("with %s is refused", async (_what, query) => {
    const { api, table } = service();

    const answer = await api.listReviews(list(query));

    expect(answer).toMatchObject({ statusCode: 400, headers: { "content-type": "application/problem+json" } });
    expect(table.operations).toEqual([]);
  });
});

describe("a cursor", () => {
  it("leads back to its place, in the repository of the request only", () => {
    const text = cursorText(["2026-03-02T00:00:00.000Z", 7, commit]);

    expect(startKey("example/other", cursor.parse(text))).toEqual({
      repository: "example/other",
      createdAt: "2026-03-02T00:00:00.000Z",
      pk: "REPO#example/other",
      sk: `PR#00000007#${commit}`,
    });
  });

  it("is refused in any other spelling of the same place", () => {
    const spaced = Buffer.from(`["2026-03-02T00:00:00.000Z", 7, "${commit}"]`).toString("base64url");

    expect(cursor.safeParse(spaced).success).toBe(false);
  });

  it("is refused for every text that this service has not made", () => {
    const foreign = fc.oneof(
      fc.string(),
      fc.json().map((text) => Buffer.from(text).toString("base64url")),
    );

    fc.assert(fc.property(foreign, (text) => expect(cursor.safeParse(text).success).toBe(false)));
  });
});

describe("one review", () => {
  const get = httpEvent("GET /api/v1/reviews/{id}", { ...reader, path: { id } });
  const kept = { ...item(7, stored.createdAt), status: "completed", summary: "Fine." };

  it("is shown with the runs of its commit, the newest first", async () => {
    const { api } = service(kept, run("01A", "APPLYING"), run("01B", "FINISHED"));

    const { statusCode, body } = await api.getReview(get);

    const shown = JSON.parse(body);
    expect(statusCode).toBe(200);
    expect(shown).toMatchObject({ id, ...subject, status: "completed", summary: "Fine." });
    expect(shown.runs.map(({ state }: { state: string }) => state)).toEqual(["FINISHED", "APPLYING"]);
    expect(shown.runs[0]).toEqual({
      runId: "01B",
      stackId: "platform",
      type: "TRACKED",
      state: "FINISHED",
      stateVersion: 4,
      updatedAt: "2026-03-02T12:00:00.000Z",
    });
  });

  it("that does not exist is answered 404, one that cannot exist 400", async () => {
    const { api } = service();

    expect((await api.getReview(get)).statusCode).toBe(404);
    expect((await api.getReview(httpEvent("GET /x", { ...reader, path: { id: "nonsense" } }))).statusCode).toBe(400);
    expect((await api.getReview(httpEvent("GET /x", reader))).statusCode).toBe(400);
  });

  it("is deleted once, by an administrator", async () => {
    const { api, table } = service(kept);
    const remove = httpEvent("DELETE /api/v1/reviews/{id}", { ...admin, path: { id } });

    expect(await api.deleteReview(remove)).toEqual({ statusCode: 204, headers: {}, body: "" });
    expect(table.items.size).toBe(0);
    expect((await api.deleteReview(remove)).statusCode).toBe(404);
  });

  it("is not called deleted where the table answers a fault", async () => {
    const { api, table } = service(kept);
    table.faultOn = () => fault("InternalServerError");
    const remove = httpEvent("DELETE /api/v1/reviews/{id}", { ...admin, path: { id } });

    await expect(api.deleteReview(remove)).rejects.toMatchObject({ name: "InternalServerError" });
  });
});

describe("a caller whom the policy let in", () => {
  it.each([
    ["listReviews", "Reviews.Submit"],
    ["getReview", ""],
    ["deleteReview", "Reviews.Write"],
    ["deleteReview", undefined],
  ] as const)("is refused %s with roles %p all the same", async (operation, roles) => {
    const { api, table } = service();
    const event = httpEvent("X /x", {
      ...(roles !== undefined && { roles }),
      path: { id },
      query: { repository: "a/b" },
    });

    expect((await api[operation](event)).statusCode).toBe(403);
    expect(table.operations).toEqual([]);
  });
});

it("health is answered without the table, so that nobody can load it from outside", async () => {
  const { api, table } = service();

  expect(await api.getHealth()).toMatchObject({ statusCode: 200, body: '{"status":"ok"}' });
  expect(table.operations).toEqual([]);
});
