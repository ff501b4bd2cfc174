import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { checks } from "../../../functions/probe/checks";
import { type Check, probe, readTargets, type Target, targets } from "../../../functions/probe/probe";
import { answeredBy, fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";
import { recorder } from "../support/http-events";

const fine: Check = async () => undefined;
const allFine: Record<Target, Check> = { dynamodb: fine, s3: fine, bedrock: fine, egress: fine, entra: fine };

async function probed(changed: Partial<Record<Target, Check>>) {
  const seen = recorder();
  const started = Date.now();
  await probe({ ...allFine, ...changed }, 60, seen.record, seen.log);
  const failed = seen.samples.filter(({ samples }) => "ProbeFailed" in samples && samples.ProbeFailed === 1);
  return { ...seen, failed: failed.map(({ value }) => value), tookMs: Date.now() - started };
}

describe("the probe", () => {
  it("samples each target and its own run", async () => {
    const { samples } = await probed({});

    expect(samples).toHaveLength(6);
    for (const value of targets)
      expect(samples).toContainEqual({ dimension: "Target", value, samples: { ProbeFailed: 0 } });
    expect(samples.at(-1)).toEqual({ dimension: "Probe", value: "home", samples: { ProbeRuns: 1 } });
  });

  it.each([
    ["refuses", async () => Promise.reject(new Error("refused"))],
    [
      "throws",
      (() => {
        throw new TypeError("broken");
      }) as Check,
    ],
    ["fails without an error", async () => Promise.reject(undefined)],
    ["never answers", () => new Promise<void>(() => undefined)],
  ])("does not fall with a target that %s, and blames no other", async (_how, check) => {
    const { failed, samples, lines, tookMs } = await probed({ s3: check });

    expect(failed).toEqual(["s3"]);
    expect(samples.at(-1)?.samples).toEqual({ ProbeRuns: 1 });
    expect(lines).toMatchObject([{ message: "probe-failed", fields: { target: "s3" } }]);
    expect(tookMs).toBeLessThan(1000);
  });

  it("asks all targets at once, so that hanging ones take one time-out together", async () => {
    const hanging: Check = () => new Promise(() => undefined);

    const { failed, tookMs } = await probed({
      dynamodb: hanging,
      s3: hanging,
      bedrock: hanging,
      egress: hanging,
      entra: hanging,
    });

    expect(failed.sort()).toEqual([...targets].sort());
    expect(tookMs).toBeLessThan(5 * 60);
  });

  it("asks only what it is given, and says nothing of the rest", async () => {
    const seen = recorder();

    await probe({ dynamodb: fine, egress: fine }, 60, seen.record, seen.log);

    expect(seen.samples.map(({ value }) => value)).toEqual(["dynamodb", "egress", "home"]);
  });

  it("is told its targets by a variable", () => {
    expect(readTargets("dynamodb,s3,bedrock,egress")).toEqual(["dynamodb", "s3", "bedrock", "egress"]);
  });

  it.each(["", "dynamodb,", "dynamodb, s3", "github"])(
    "does not start with %j, which would look like an answer",
    (list) => {
      expect(() => readTargets(list)).toThrow(
        `PROBED_TARGETS is "${list}". Allowed are dynamodb, s3, bedrock, egress, entra, with commas between.`,
      );
    },
  );

  it("tells a check to stop when its time is over", async () => {
    let stopped = false;
    await probed({
      egress: (signal) =>
        new Promise((_, reject) =>
          signal.addEventListener("abort", () => {
            stopped = true;
            reject(signal.reason);
          }),
        ),
    });

    expect(stopped).toBe(true);
  });
});

describe("a check", () => {
  function real({
    aws = ok(),
    status = 200,
    body = '{"keys":[{"kid":"k"}]}',
  }: {
    aws?: WireAnswer;
    status?: number;
    body?: string;
  } = {}) {
    const requests: WireRequest[] = [];
    const fetched: string[] = [];
    const settings = answeredBy((request) => {
      requests.push(request);
      return aws;
    });
    const all = checks({
      dynamodb: new DynamoDBClient(settings),
      s3: new S3Client(settings),
      bedrock: new BedrockRuntimeClient(settings),
      fetcher: async (url) => {
        fetched.push(String(url));
        return new Response(body, { status });
      },
      table: "reviews",
      bucket: "artifacts",
      modelId: "anthropic.model-1",
      githubApiBaseUrl: "https://api.github.test",
      jwksUrl: "https://issuer.test/keys",
    });
    return { requests, fetched, ask: (target: Target) => all[target](AbortSignal.timeout(1000)) };
  }

  it("reads the table, the bucket's head, one token of the model, GitHub and the keys", async () => {
    const { requests, fetched, ask } = real();

    for (const target of targets) await ask(target);

    const [table, bucket, model] = requests;
    expect(requests).toHaveLength(3);
    expect(table && operationOf(table)).toBe("GetItem");
    expect(bucket).toMatchObject({ method: "HEAD", hostname: expect.stringMatching(/^artifacts\./) });
    expect(model?.path).toBe("/model/anthropic.model-1/converse");
    expect(model && jsonBody(model)).toMatchObject({ inferenceConfig: { maxTokens: 1 } });
    expect(fetched).toEqual(["https://api.github.test", "https://issuer.test/keys"]);
  });

  it.each(["dynamodb", "s3", "bedrock"] as const)("of %s fails where AWS refuses", async (target) => {
    await expect(real({ aws: fault("AccessDeniedException", {}, 403) }).ask(target)).rejects.toThrow();
  });

  it("of egress holds for any answer of GitHub but a fault of its own", async () => {
    await expect(real({ status: 403 }).ask("egress")).resolves.toBeUndefined();
    await expect(real({ status: 502 }).ask("egress")).rejects.toThrow("GitHub answered 502.");
  });

  it.each([
    ["an error", { status: 500 }],
    ["no keys", { body: '{"keys":[]}' }],
    ["no key set", { body: "[]" }],
    ["null", { body: "null" }],
    ["a web page", { body: "<html>" }],
  ])("of the identity keys fails on %s", async (_what, answer) => {
    await expect(real(answer).ask("entra")).rejects.toThrow();
  });
});
