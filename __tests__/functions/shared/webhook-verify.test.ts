import { createHash, createHmac } from "node:crypto";
import { headerValues, rawBody } from "../../../functions/shared/http-event";
import type { KeyRing } from "../../../functions/shared/key-ring";
import { ringVersion, usableKeys } from "../../../functions/shared/usable-keys";
import { verifyDelivery, verifySignature } from "../../../functions/shared/webhook-verify";
import { sources } from "../../../functions/webhook/sources";
import vectors from "../../vectors/secrets-webhook-signatures.json";
import { httpEvent } from "../support/http-events";

type Vector = (typeof vectors.cases)[number];

const created = new Date("2026-03-01T00:00:00Z");
const nowMs = Date.parse("2026-03-02T12:00:00Z");

type Row = readonly [id: string, labels: readonly string[], secret: string];

const keysOf = (...rows: readonly Row[]) => {
  const versions = rows.map(([id, labels, secretString]) =>
    ringVersion(id, labels, { secretString, createdAt: created }),
  );
  return usableKeys({ versions }, nowMs, 86_400);
};

const signed = (body: string, key: string) => ({
  signatures: [`sha256=${createHmac("sha256", key).update(body).digest("hex")}`],
  body: Buffer.from(body),
});

describe("the signature vectors", () => {
  it.each(vectors.cases)("$id: $why", ({ sender, request, ring, now, graceSeconds, ...expected }: Vector) => {
    const event = httpEvent("POST /webhooks/x", { ...request, headers: request.headers as [string, string][] });
    const state = {
      versions: ring.flatMap(({ versionId, labels, createdAt, secret }) =>
        secret === null
          ? []
          : [ringVersion(versionId, labels, { secretString: secret, createdAt: new Date(createdAt) })],
      ),
    };
    const body = rawBody(event);
    const signatures = headerValues(event, sources[sender as keyof typeof sources].signatureHeader);

    const verification = verifySignature({ signatures, body }, usableKeys(state, Date.parse(now), graceSeconds));

    expect(createHash("sha256").update(body).digest("hex")).toBe(expected.receivedSha256);
    expect(body.byteLength).toBe(expected.receivedBytes);
    expect(verification).toEqual(expected.expect);
  });

  it("are the twenty that were agreed", () => {
    expect(vectors.cases).toHaveLength(20);
  });
});

describe("a signature", () => {
  it("is found under a header name in any case, and in headers alone where there are no multi-value headers", () => {
    const event = { headers: { "X-HUB-signature-256": "a", other: undefined }, multiValueHeaders: null };

    expect(headerValues(event, "x-hub-signature-256")).toEqual(["a"]);
    expect(headerValues(event, "other")).toEqual([]);
    expect(headerValues({ headers: null, multiValueHeaders: null }, "other")).toEqual([]);
  });

  it("counts twice where two headers differ in case only", () => {
    const multiValueHeaders = { "X-Signature-256": ["a"], "x-signature-256": ["b"] };

    expect(headerValues({ headers: {}, multiValueHeaders }, "x-signature-256")).toEqual(["a", "b"]);
  });

  it("without any key in the store is no verdict on the sender", () => {
    expect(verifySignature(signed("x", "k"), [])).toEqual({ ok: false, reason: "no-keys", status: 503 });
  });

  it.each([
    ["something before it", (text: string) => `x${text}`],
    ["something after it", (text: string) => `${text}0`],
  ])("with %s is malformed", (_what, changed) => {
    const { signatures, body } = signed("x", "k");
    const keys = keysOf(["v1", ["LIVE"], "k"]);

    expect(verifySignature({ signatures: signatures.map(changed), body }, keys)).toMatchObject({
      reason: "malformed-signature",
      status: 401,
    });
  });

  it("is refused for its form even while there are no keys", () => {
    expect(verifySignature({ signatures: [], body: Buffer.from("") }, [])).toMatchObject({
      reason: "missing-signature",
    });
  });

  it.each([
    [["AWSPREVIOUS"], ["LIVE"], "second"],
    [["unknown"], ["EARLIER"], "second"],
    [["EARLIER"], ["FORMER"], "second"],
    [["APPLYING"], ["LIVE"], "second"],
    [["APPLYING"], ["AWSCURRENT"], "first"],
    [["AWSPENDING"], ["AWSPREVIOUS"], "first"],
    [["AWSPENDING"], ["AWSCURRENT"], "second"],
    [["somebody's own"], ["FORMER"], "second"],
    [["somebody's own"], ["AWSPREVIOUS"], "second"],
    [["AWSPENDING", "APPLYING"], ["AWSCURRENT"], "first"],
  ])("that two versions made, %p and %p, is reported for the %s", (one, other, winner) => {
    const keys = keysOf(["first", one, "same"], ["second", other, "same"]);

    expect(verifySignature(signed("x", "same"), keys)).toMatchObject({ ok: true, versionId: winner });
  });
});

describe("a miss", () => {
  const current = keysOf(["v1", ["AWSCURRENT"], "old"]);
  const renewed = keysOf(["v1", ["AWSPREVIOUS"], "old"], ["v2", ["AWSCURRENT"], "new"]);

  function ring(refresh: "refreshed" | "cooling-down" | "failed", before = current) {
    let asked = 0;
    const fake: KeyRing = {
      keysAtHand: () => undefined,
      keys: async () => (asked > 0 && refresh === "refreshed" ? renewed : before),
      refreshAfterMiss: async () => {
        asked += 1;
        return refresh;
      },
    };
    return { fake, asked: () => asked };
  }

  it("reads the secret again and finds the key of a rotation in progress", async () => {
    expect(await verifyDelivery(signed("x", "new"), ring("refreshed").fake)).toMatchObject({
      ok: true,
      versionId: "v2",
    });
  });

  it("stays a miss where the fresh keys do not match either", async () => {
    expect(await verifyDelivery(signed("x", "forged"), ring("refreshed").fake)).toMatchObject({ reason: "no-match" });
  });

  it("is final while the secret was read a moment ago", async () => {
    expect(await verifyDelivery(signed("x", "new"), ring("cooling-down").fake)).toMatchObject({ status: 401 });
  });

  it.each([
    ["cooling-down", 1],
    ["failed", 1],
    ["refreshed", 2],
  ] as const)("costs no second check against the same keys: %s, %i checks", async (refresh, wanted) => {
    let checks = 0;
    const counted: typeof verifySignature = (request, keys) => {
      checks += 1;
      return verifySignature(request, keys);
    };

    await verifyDelivery(signed("x", "forged"), ring(refresh).fake, counted);

    expect(checks).toBe(wanted);
  });

  it("is never final while the secret cannot be read", async () => {
    expect(await verifyDelivery(signed("x", "new"), ring("failed").fake)).toMatchObject({
      reason: "no-keys",
      status: 503,
    });
  });

  it("on an empty ring reads the secret too, so that the first key works at once", async () => {
    expect(await verifyDelivery(signed("x", "new"), ring("refreshed", []).fake)).toMatchObject({ ok: true });
  });

  it.each([[["sha256=00"]], [[]], [["a", "b"]]])(
    "of form, %p, does not spend a read of the secret",
    async (signatures) => {
      const { fake, asked } = ring("refreshed");

      expect(await verifyDelivery({ signatures, body: Buffer.from("") }, fake)).toMatchObject({ status: 401 });
      expect(asked()).toBe(0);
    },
  );
});
