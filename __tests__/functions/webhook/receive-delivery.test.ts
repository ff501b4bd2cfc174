import { createHash, createHmac } from "node:crypto";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import type { KeyRing } from "../../../functions/shared/key-ring";
import { reviewMessage } from "../../../functions/shared/review-message";
import { type RingKey, ringVersion, usableKeys } from "../../../functions/shared/usable-keys";
import { deliveryLog } from "../../../functions/webhook/deliveries";
import { receiveDelivery } from "../../../functions/webhook/receive-delivery";
import { maxInlineBytes, reviewQueue } from "../../../functions/webhook/review-queue";
import { submitReview } from "../../../functions/webhook/submit-review";
import { answeredBy, fault, jsonBody, ok, textBody } from "../support/fake-aws";
import { FakeTable } from "../support/fake-table";
import { httpEvent, recorder } from "../support/http-events";

const commit = "0123456789abcdef0123456789abcdef01234567";
const guid = "11111111-2222-3333-4444-555555555555";
const acceptedAt = new Date("2026-03-02T12:00:00Z");
const pullRequest = {
  action: "opened",
  number: 7,
  pull_request: { head: { sha: commit } },
  repository: { full_name: "example/platform" },
};

function service({ keys = ["key"] }: { keys?: string[] } = {}) {
  const table = new FakeTable();
  const messages: unknown[] = [];
  const objects = new Map<string, string>();
  const broken = { queue: false };
  const sqs = new SQSClient(
    answeredBy((request) => {
      if (broken.queue) return fault("InternalError", {}, 500);
      const text = String(jsonBody(request).MessageBody);
      messages.push(JSON.parse(text));
      return ok({ MessageId: "m", MD5OfMessageBody: createHash("md5").update(text).digest("hex") });
    }),
  );
  const s3 = new S3Client(
    answeredBy((request) => {
      objects.set(`${request.hostname}${request.path}`, textBody(request));
      return { status: 200, body: "" };
    }),
  );
  const versions = keys.map((key, index) =>
    ringVersion(`v${index}`, ["AWSCURRENT"], { secretString: key, createdAt: new Date(0) }),
  );
  const ring = (usable: readonly RingKey[]): KeyRing => ({
    keysAtHand: () => usable,
    keys: async () => usable,
    refreshAfterMiss: async () => "refreshed",
  });
  const known = ring(usableKeys({ versions }, 0, 0));
  const seen = recorder();
  const clock = { now: Math.floor(acceptedAt.getTime() / 1000) };
  const dependencies = {
    rings: { github: known, spacelift: known },
    deliveries: deliveryLog(table.documents, "deliveries", () => clock.now),
    queue: reviewQueue({ sqs, s3, queueUrl: "https://sqs.us-east-1.amazonaws.com/1/reviews", bucket: "artifacts" }),
    clock: () => acceptedAt,
    record: seen.record,
    log: seen.log,
  };
  return { table, messages, objects, broken, clock, dependencies, ...seen };
}

function delivery(
  payload: unknown,
  { event = "pull_request", key = "key", id = guid, raw = JSON.stringify(payload) } = {},
) {
  return httpEvent("POST /webhooks/github", {
    headers: [
      ["X-GitHub-Event", event],
      ["X-GitHub-Delivery", id],
      ["X-Hub-Signature-256", `sha256=${createHmac("sha256", key).update(raw).digest("hex")}`],
      ["X-GitHub-Encoded-Secret", "Y2FuYXJ5"],
      ["Authorization", "canary-token"],
    ],
    body: raw,
  });
}

const statusOf = async (answer: Promise<{ statusCode: number; body: string }>) => {
  const { statusCode, body } = await answer;
  return [statusCode, JSON.parse(body).status];
};

describe("a GitHub delivery", () => {
  it("of a pull request is queued with its body", async () => {
    const { messages, dependencies, samples } = service();

    expect(await statusOf(receiveDelivery("github", delivery(pullRequest), dependencies))).toEqual([202, "queued"]);
    expect(messages).toEqual([
      { source: "github", deliveryId: guid, acceptedAt: acceptedAt.toISOString(), body: JSON.stringify(pullRequest) },
    ]);
    expect(samples).toEqual([{ dimension: "Source", value: "github", samples: { WebhookRejected: 0 } }]);
  });

  it.each([
    ["ping", { zen: "Keep it logically awesome.", hook_id: 1 }],
    ["pull_request", { ...pullRequest, action: "closed" }],
    ["push", { ref: "refs/heads/main" }],
  ])("of another kind, %s, is acknowledged and dropped", async (event, payload) => {
    const { messages, table, dependencies } = service();

    expect(await statusOf(receiveDelivery("github", delivery(payload, { event }), dependencies))).toEqual([
      202,
      "ignored",
    ]);
    expect(messages).toEqual([]);
    expect(table.item("K#github", "#")).toMatchObject({ versionId: "v0" });
  });

  it.each([
    ["is no JSON", { raw: "payload=%7B%7D" }],
    ["has no commit", { raw: JSON.stringify({ ...pullRequest, pull_request: {} }) }],
  ])("whose signed body %s is refused for good", async (_what, options) => {
    const { messages, dependencies, samples } = service();

    expect(await statusOf(receiveDelivery("github", delivery(undefined, options), dependencies))).toEqual([400, 400]);
    expect(messages).toEqual([]);
    expect(samples.at(-1)?.samples).toEqual({ WebhookRejected: 1 });
  });

  it("with a wrong signature is refused, measured and logged by its reason", async () => {
    const { table, dependencies, samples, lines } = service();

    expect(await statusOf(receiveDelivery("github", delivery(pullRequest, { key: "other" }), dependencies))).toEqual([
      401, 401,
    ]);
    expect(table.operations).toEqual([]);
    expect(samples).toEqual([
      { dimension: "Source", value: "github", samples: { SignatureInvalid: 1 } },
      { dimension: "Source", value: "github", samples: { WebhookRejected: 1 } },
    ]);
    expect(lines).toEqual([
      { level: "warn", message: "webhook-rejected", fields: { source: "github", reason: "no-match" } },
    ]);
  });

  it("before any key is known is asked for again in half a minute", async () => {
    const { dependencies, samples } = service({ keys: [] });

    const answer = await receiveDelivery("github", delivery(pullRequest), dependencies);

    expect(answer).toMatchObject({ statusCode: 503, headers: { "retry-after": "30" } });
    expect(samples).toEqual([
      { dimension: "Service", value: "webhook", samples: { KeysUnavailable: 1 } },
      { dimension: "Source", value: "github", samples: { WebhookRejected: 1 } },
    ]);
  });

  it("that comes again is answered without a second message", async () => {
    const { messages, dependencies, samples } = service();
    await receiveDelivery("github", delivery(pullRequest), dependencies);

    const replay = delivery(pullRequest, { id: "99999999-2222-3333-4444-555555555555" });

    expect(await statusOf(receiveDelivery("github", delivery(pullRequest), dependencies))).toEqual([202, "duplicate"]);
    expect(await statusOf(receiveDelivery("github", replay, dependencies))).toEqual([202, "duplicate"]);
    expect(messages).toHaveLength(1);
    expect(samples).toContainEqual({ dimension: "Source", value: "github", samples: { ReplayDropped: 1 } });
  });

  it("that cannot be queued is given back, and its next attempt is queued", async () => {
    const { messages, broken, dependencies } = service();
    broken.queue = true;
    expect((await receiveDelivery("github", delivery(pullRequest), dependencies)).statusCode).toBe(503);

    broken.queue = false;

    expect(await statusOf(receiveDelivery("github", delivery(pullRequest), dependencies))).toEqual([202, "queued"]);
    expect(messages).toHaveLength(1);
  });

  it("that cannot even be given back waits for its lease", async () => {
    const { broken, table, clock, dependencies, lines } = service();
    broken.queue = true;
    let writes = 0;
    table.faultOn = (operation) => {
      writes += operation === "TransactWriteItems" ? 1 : 0;
      return writes === 2 ? fault("InternalServerError") : undefined;
    };
    await receiveDelivery("github", delivery(pullRequest), dependencies);
    broken.queue = false;

    expect((await receiveDelivery("github", delivery(pullRequest), dependencies)).statusCode).toBe(503);
    clock.now += 60;
    expect((await receiveDelivery("github", delivery(pullRequest), dependencies)).statusCode).toBe(202);
    expect(lines).toContainEqual({ level: "warn", message: "lease-kept", fields: { source: "github" } });
  });

  it("is accepted once it is queued, whatever else fails", async () => {
    const { table, messages, dependencies } = service();
    let writes = 0;
    table.faultOn = (operation) => {
      writes += operation === "TransactWriteItems" ? 1 : 0;
      return operation === "PutItem" || writes === 2 ? fault("InternalServerError") : undefined;
    };

    expect(await statusOf(receiveDelivery("github", delivery(pullRequest), dependencies))).toEqual([202, "queued"]);
    expect(messages).toHaveLength(1);
  });

  it("is neither lost nor refused for good while the table is down", async () => {
    const { table, messages, dependencies } = service();
    table.faultOn = () => fault("InternalServerError");

    expect(await receiveDelivery("github", delivery(pullRequest), dependencies)).toMatchObject({
      statusCode: 503,
      headers: { "retry-after": "30" },
    });
    expect(messages).toEqual([]);
  });

  it("leaves neither a header nor a body in the log or in a metric", async () => {
    const { dependencies, lines, samples, messages, broken } = service();
    const canary = { ...pullRequest, title: "canary-body" };
    broken.queue = true;
    await receiveDelivery("github", delivery(canary), dependencies);
    await receiveDelivery("github", delivery(canary, { key: "canary-key" }), dependencies);
    await receiveDelivery("github", delivery(undefined, { raw: "{canary-body" }), dependencies);

    const written = JSON.stringify([lines, samples, messages]);

    expect(lines.length).toBeGreaterThan(1);
    expect(written).not.toMatch(/canary|Y2FuYXJ5|sha256=/);
  });
});

describe("a Spacelift delivery", () => {
  const run = {
    state: "FINISHED",
    stateVersion: 4,
    timestamp: 1_767_225_600,
    run: {
      id: "01J",
      type: "TRACKED",
      commit: { hash: commit, url: `https://github.com/example/platform/commit/${commit}` },
    },
    stack: { id: "platform" },
  };

  function spaceliftDelivery(payload: unknown) {
    const body = JSON.stringify(payload);
    const signature = `sha256=${createHmac("sha256", "key").update(body).digest("hex")}`;
    return httpEvent("POST /webhooks/spacelift", { headers: [["X-Signature-256", signature]], body });
  }

  it("is known by its body alone", async () => {
    const { messages, dependencies } = service();

    expect(await statusOf(receiveDelivery("spacelift", spaceliftDelivery(run), dependencies))).toEqual([202, "queued"]);
    expect(await statusOf(receiveDelivery("spacelift", spaceliftDelivery(run), dependencies))).toEqual([
      202,
      "duplicate",
    ]);
    expect(
      await statusOf(receiveDelivery("spacelift", spaceliftDelivery({ ...run, stateVersion: 5 }), dependencies)),
    ).toEqual([202, "queued"]);
    expect(messages).toHaveLength(2);
  });

  it("that is a notice, not a run, is acknowledged and dropped", async () => {
    const { messages, dependencies } = service();

    expect(await statusOf(receiveDelivery("spacelift", spaceliftDelivery({ title: "notice" }), dependencies))).toEqual([
      202,
      "ignored",
    ]);
    expect(messages).toEqual([]);
  });
});

describe("a body", () => {
  const enqueue = async (body: string) => {
    const { messages, objects, dependencies } = service();
    await dependencies.queue.enqueue({ source: "github", deliveryId: guid, acceptedAt, body, bodySha256: "aa" });
    return { message: messages[0], objects: [...objects] };
  };

  it("of 102,400 bytes is in the message, of one more in the bucket", async () => {
    const small = await enqueue(`"${"x".repeat(maxInlineBytes - 2)}"`);
    const large = await enqueue(`"${"x".repeat(maxInlineBytes - 1)}"`);

    expect(small.objects).toEqual([]);
    expect(reviewMessage.parse(small.message)).toHaveProperty("body");
    expect(large.message).toEqual({
      source: "github",
      deliveryId: guid,
      acceptedAt: acceptedAt.toISOString(),
      bodyObjectKey: "deliveries/github/aa.json",
    });
    expect(large.objects).toEqual([
      [
        expect.stringMatching(/^artifacts\.s3\..*\/deliveries\/github\/aa\.json$/),
        `"${"x".repeat(maxInlineBytes - 1)}"`,
      ],
    ]);
  });

  it("of JSON never makes a message that SQS refuses", () => {
    const worst = JSON.stringify('"'.repeat(maxInlineBytes / 2 - 1));

    const inMessage = (body: string) => Buffer.byteLength(JSON.stringify({ body })) / Buffer.byteLength(body);

    expect(Buffer.byteLength(worst)).toBe(maxInlineBytes);
    expect(inMessage(worst) * maxInlineBytes).toBeLessThan(262_144 - 1024);
    fc.assert(fc.property(fc.json(), (body) => expect(inMessage(body)).toBeLessThan(2 + 12 / Buffer.byteLength(body))));
  });
});

describe("a submission", () => {
  const submit = (body: string, roles: string | undefined, broken = false) => {
    const fake = service();
    fake.broken.queue = broken;
    const event = httpEvent("POST /api/v1/reviews", { body, ...(roles !== undefined && { roles }) });
    return { ...fake, answer: submitReview(event, fake.dependencies) };
  };

  it("is queued for the reviewer under its request", async () => {
    const { answer, messages } = submit('{"repository":"Example/Platform","pullRequest":7}', "Reviews.Submit");

    expect(await statusOf(answer)).toEqual([202, "queued"]);
    expect(messages).toEqual([
      {
        source: "submission",
        deliveryId: "request-1",
        acceptedAt: acceptedAt.toISOString(),
        body: '{"repository":"example/platform","pullRequest":7}',
      },
    ]);
  });

  it.each([["Reviews.Read"], [""], [undefined]])("by a caller with roles %p is refused", async (roles) => {
    const { answer, messages } = submit('{"repository":"example/platform","pullRequest":7}', roles);

    expect((await answer).statusCode).toBe(403);
    expect(messages).toEqual([]);
  });

  it("that is not valid is refused with every fault", async () => {
    const { answer } = submit('{"repository":"x","pullRequest":0}', "Reviews.Write");

    expect(JSON.parse((await answer).body)).toMatchObject({
      status: 400,
      errors: [{ path: "repository" }, { path: "pullRequest" }],
    });
  });

  it("that cannot be queued may come again", async () => {
    const { answer } = submit('{"repository":"example/platform","pullRequest":7}', "Reviews.Write", true);

    expect(await answer).toMatchObject({ statusCode: 503, headers: { "retry-after": "30" } });
  });
});
