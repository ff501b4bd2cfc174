import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import { headerValues, rawBody } from "../../functions/shared/http-event";
import { json, problem, retrySoon } from "../../functions/shared/problem";
import type { RingKey } from "../../functions/shared/usable-keys";
import { receiveDelivery } from "../../functions/webhook/receive-delivery";
import { sources } from "../../functions/webhook/sources";
import { Dice } from "../../src/dice";
import { type FuzzReport, fuzz } from "../../src/secrets/fuzz/fuzz";
import { heldKeys } from "../../src/secrets/fuzz/held-keys";
import { isAuthentic } from "../../src/secrets/fuzz/promises";
import { randomDelivery } from "../../src/secrets/fuzz/random-deliveries";
import type { Receiver } from "../../src/secrets/fuzz/receiving";
import { situations } from "../../src/secrets/fuzz/situations";

const seed = 20_260_101;

describe("ten thousand random deliveries", () => {
  let report: FuzzReport;
  beforeAll(async () => {
    report = await fuzz(receiveDelivery, { requests: 10_000, seed });
  }, 60_000);

  const kindsWith = (status: number) =>
    report.histogram.filter(({ statuses }) => statuses.has(status)).map(({ kind }) => kind);

  it("break no promise, and come in every kind but the large ones, which are rare", () => {
    expect(report.problems.filter((each) => !each.includes('"body: large"'))).toEqual([]);
  });

  it("are answered with all four statuses and no other", () => {
    const all = report.histogram.flatMap(({ statuses }) => [...statuses.keys()]);

    expect([...new Set(all)].sort()).toEqual([202, 400, 401, 503]);
  });

  it("are accepted where a key that counts has signed, whatever else is unusual", () => {
    expect(kindsWith(202).filter((kind) => kind !== "body: large" && !kind.startsWith("body: not UTF-8"))).toEqual([
      "sound",
      "previous key",
      "former key",
      "pending key",
      "secret string as key",
      "key without its white space",
      "signature: upper-case hex",
      "header: name in any case",
      "header: single values only",
      "body: base64",
    ]);
  });

  it("are never refused for their signature where nothing is wrong with it", () => {
    const refused = kindsWith(401);

    for (const kind of ["sound", "signature: upper-case hex", "body: zero bytes", "body: not UTF-8"]) {
      expect(refused).not.toContain(kind);
    }
    expect(refused).toContain("previous key");
  });

  it("are the same for the same seed and others for another", async () => {
    const first = async (number: number) => (await fuzz(receiveDelivery, { requests: 1000, seed: number })).histogram;

    expect(await first(seed)).toEqual(await first(seed));
    expect(await first(seed)).not.toEqual(await first(seed + 1));
  });
});

/** Adds to what the rings hold. */
const withKeys =
  (change: (keys: readonly RingKey[]) => readonly RingKey[]): Receiver =>
  (source, event, dependencies) => {
    const ring = dependencies.rings[source];
    const changed = {
      keysAtHand: () => undefined,
      keys: async () => change(await ring.keys()),
      refreshAfterMiss: ring.refreshAfterMiss,
    };
    return receiveDelivery(source, event, { ...dependencies, rings: { ...dependencies.rings, [source]: changed } });
  };

const emptyKey = { versionId: "blank", labels: ["AWSPENDING"], key: createSecretKey(Buffer.alloc(0)) };

/** A receiver as one may write it in five lines; `same` compares. */
const naive =
  (same: (said: string, right: string) => boolean): Receiver =>
  async (source, event, { rings }) => {
    const [said = ""] = headerValues(event, sources[source].signatureHeader);
    const keys = await rings[source].keys();
    const right = keys.map(({ key }) => `sha256=${createHmac("sha256", key).update(rawBody(event)).digest("hex")}`);
    if (keys.length === 0) return problem(503, "No key.", retrySoon);
    return right.some((each) => same(said, each)) ? json(202, { status: "ignored" }) : problem(401, "No.");
  };

describe("the same deliveries tell", () => {
  const caught = async (receive: Receiver) =>
    (await fuzz(receive, { requests: 3000, seed })).problems
      .map((each) => /^Broken \d+ times: (.+)\. First by \{/.exec(each)?.[1])
      .filter((promise) => promise !== undefined);

  it.each<[what: string, receive: Receiver, promise: string]>([
    [
      "a verifier that accepts the empty key",
      withKeys((keys) => [...keys, emptyKey]),
      "only an authentic delivery is accepted",
    ],
    [
      "one that throws on unequal lengths",
      naive((said, right) => timingSafeEqual(Buffer.from(said), Buffer.from(right))),
      "the receiver throws nothing",
    ],
    [
      "one that turns what is thrown into a 500",
      (...delivery) =>
        naive((said, right) => timingSafeEqual(Buffer.from(said), Buffer.from(right)))(...delivery).catch(() =>
          problem(500, "Error."),
        ),
      "an answer is 202, 400, 401 or 503",
    ],
    [
      "one that takes the first of two signatures",
      naive((said, right) => said.toLowerCase() === right),
      "only an authentic delivery is accepted",
    ],
    ["one that refuses upper-case hex", naive((said, right) => said === right), "no authentic delivery is refused"],
    [
      "one that compares the beginning only",
      naive((said, right) => said !== "" && right.startsWith(said)),
      "only an authentic delivery is accepted",
    ],
    [
      "one that knows AWSCURRENT only",
      withKeys((keys) => keys.filter(({ labels }) => labels.includes("AWSCURRENT"))),
      "no authentic delivery is refused",
    ],
    [
      "one that reads a body before it is verified",
      async (source, event, dependencies) => {
        const answer = await receiveDelivery(source, event, dependencies);
        return answer.statusCode === 401 && event.body === null ? problem(400, "No body.") : answer;
      },
      "only an authentic body is read",
    ],
    [
      "one that queues before it has verified",
      async (source, event, dependencies) => {
        const body = { source, deliveryId: "1", acceptedAt: dependencies.clock(), body: "{}", bodySha256: "" };
        await dependencies.queue.enqueue(body).catch(() => undefined);
        return receiveDelivery(source, event, dependencies);
      },
      "only an authentic delivery is queued",
    ],
    [
      "one that calls ignored what it has queued",
      async (...delivery) => {
        const answer = await receiveDelivery(...delivery);
        return answer.statusCode === 202 ? json(202, { status: "ignored" }) : answer;
      },
      "a delivery is called queued where it is queued once, and nowhere else",
    ],
    [
      "one that says 401 while the keys cannot be read",
      async (...delivery) => {
        const answer = await receiveDelivery(...delivery);
        return answer.statusCode === 503 ? problem(401, "No.") : answer;
      },
      "no authentic delivery is refused",
    ],
    [
      "one that takes a key it could not read for one that is not there",
      (source, event, dependencies) => {
        const ring = { ...dependencies.rings[source], refreshAfterMiss: async () => "cooling-down" as const };
        return receiveDelivery(source, event, { ...dependencies, rings: { ...dependencies.rings, [source]: ring } });
      },
      "no authentic delivery is refused",
    ],
    [
      "one that says 503 to whatever does not match",
      async (...delivery) => {
        const answer = await receiveDelivery(...delivery);
        return answer.statusCode === 401 ? problem(503, "Later.", retrySoon) : answer;
      },
      "a delivery is put off only while something is down",
    ],
    [
      "one that does not say when to come again",
      async (...delivery) => ({ ...(await receiveDelivery(...delivery)), headers: {} }),
      "who is put off is told when to come again",
    ],
    [
      "one that logs the headers",
      (source, event, dependencies) => {
        dependencies.log.info("delivery", { headers: JSON.stringify(event.headers) });
        return receiveDelivery(source, event, dependencies);
      },
      "no secret, token or body is told",
    ],
    [
      "one that answers with what it could not read",
      async (source, event, dependencies) => {
        const answer = await receiveDelivery(source, event, dependencies);
        return answer.statusCode === 400 ? { ...answer, body: rawBody(event).toString() } : answer;
      },
      "no secret, token or body is told",
    ],
  ])("%s", async (_what, receive, promise) => {
    expect(await caught(receive)).toContain(promise);
  });
});

describe("who judges", () => {
  const [steady] = situations;
  if (!steady) throw new Error("There is no situation.");
  const dice = new Dice(seed);
  const keys = { github: heldKeys(steady, 0, dice), spacelift: heldKeys(steady, 0, dice) };

  it("knows the example of GitHub's documentation", () => {
    const value = "It's a Secret to Everybody";
    const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const delivery = { ...randomDelivery(keys, dice), signatures: [signature], body: Buffer.from("Hello, World!") };
    const key = { name: "current", labels: [], secretString: value, value, fromMs: 5, countsUntilMs: 10 } as const;

    expect(isAuthentic(delivery, [key], 9)).toBe(true);
    expect(isAuthentic(delivery, [key], 10)).toBe(false);
    expect(isAuthentic(delivery, [key], 4)).toBe(false);
    expect(isAuthentic({ ...delivery, signatures: [signature, signature] }, [key], 9)).toBe(false);
    expect(isAuthentic({ ...delivery, body: Buffer.from("Hello, World?") }, [key], 9)).toBe(false);
  });

  it("takes no empty value for a key", () => {
    const signature = `sha256=${createHmac("sha256", "").update("{}").digest("hex")}`;
    const delivery = { ...randomDelivery(keys, dice), signatures: [signature], body: Buffer.from("{}") };
    const key = {
      name: "blank",
      labels: ["AWSCURRENT"],
      secretString: "",
      value: "",
      fromMs: 0,
      countsUntilMs: 10,
    } as const;

    expect(isAuthentic(delivery, [key], 9)).toBe(false);
  });
});
