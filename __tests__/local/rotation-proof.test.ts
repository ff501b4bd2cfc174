import { setTimeout as sleep } from "node:timers/promises";
import { notReviewedOnce, perPhase, refusals } from "../../src/local/rotation/judge";
import { type TrafficProps, traffic } from "../../src/local/rotation/traffic";

const run = (changes: Partial<TrafficProps> = {}) =>
  traffic({
    send: async (number) => `guid-${number}`,
    rotate: () => sleep(60).then(() => undefined),
    ...{ total: 30, before: 5, during: 10, lanes: 2, pauseMs: 1 },
    signal: new AbortController().signal,
    ...changes,
  });

describe("deliveries under a rotation", () => {
  it("come before it, during it and after it, each once", async () => {
    const sent = await run();

    expect(sent.map(({ guid }) => guid).toSorted()).toEqual(
      Array.from({ length: 30 }, (_, index) => `guid-${index + 1}`).toSorted(),
    );
    expect(perPhase(sent)).toEqual({ before: 5, during: 10, after: 15 });
  });

  it("do not begin before the first ones are answered, nor the last ones before the rotation has ended", async () => {
    const seen: string[] = [];
    const send = async (number: number) => {
      await sleep(1);
      seen.push(`sent ${number}`);
      return String(number);
    };
    const rotate = async () => {
      seen.push("rotation begins");
      await sleep(60);
      seen.push("rotation ends");
    };

    await run({ send, rotate });

    expect([seen.indexOf("rotation begins"), seen.indexOf("rotation ends")]).toEqual([5, 16]);
  });

  it("are few where the rotation is short, and the rest follows after it", async () => {
    const sent = await run({ rotate: async () => undefined });

    const { during, after } = perPhase(sent);
    expect(during).toBeLessThanOrEqual(2);
    expect(during + after).toBe(25);
  });

  it("end with a rotation that fails", async () => {
    const rotate = async () => {
      throw new Error("setSecret failed");
    };

    await expect(run({ rotate })).rejects.toThrow("setSecret failed");
  });

  it("are at most as many at once as there are lanes", async () => {
    let now = 0;
    let most = 0;
    const send = async (number: number) => {
      now += 1;
      most = Math.max(most, now);
      await sleep(2);
      now -= 1;
      return String(number);
    };

    await run({ send, lanes: 3 });

    expect(most).toBe(3);
  });
});

describe("what became of the deliveries", () => {
  const attempt = (guid: string, statusCode: number) => ({
    ...{ id: 1, guid, deliveredAt: new Date(0), event: "pull_request", status: "", statusCode },
  });

  it("counts every attempt that was not taken, but for what was made to fail", () => {
    const attempts = [
      attempt("a", 202),
      attempt("b", 401),
      attempt("b", 202),
      attempt("c", 0),
      attempt("made to fail", 0),
    ];

    expect(refusals(attempts, ["made to fail"])).toEqual([attempt("b", 401), attempt("c", 0)]);
  });

  it("names what was not reviewed and what was reviewed twice", () => {
    const comment = (path: string, status = 201) => ({ method: "POST", path: `/repos/${path}/comments`, status });
    const calls = [
      comment("acme/shop/issues/1"),
      comment("acme/shop/issues/2"),
      comment("acme/shop/issues/2"),
      comment("acme/shop/issues/3", 401),
      comment("acme/other/issues/4"),
      { ...comment("acme/shop/issues/4"), method: "GET" },
      comment("acme/shop/issues/15"),
    ];

    expect(notReviewedOnce("acme/shop", [1, 2, 3, 4, 5], calls)).toEqual({ missing: [3, 4, 5], repeated: [2] });
  });
});
