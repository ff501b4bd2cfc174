import { createHash } from "node:crypto";
import { z } from "zod";
import { headerValues, rawBody } from "../../../functions/shared/http-event";
import { keyRing } from "../../../functions/shared/key-ring";
import { verifySignature } from "../../../functions/shared/webhook-verify";
import { sources } from "../../../functions/webhook/sources";
import type { Judgement } from "./judgement";

const Case = z.looseObject({
  id: z.string(),
  sender: z.enum(["github", "spacelift"]),
  request: z.looseObject({
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.string().nullable(),
    isBase64Encoded: z.boolean(),
  }),
  receivedBytes: z.number(),
  receivedSha256: z.string(),
  now: z.iso.datetime(),
  graceSeconds: z.number(),
  ring: z.array(
    z.looseObject({
      versionId: z.string(),
      labels: z.array(z.string()),
      createdAt: z.iso.datetime(),
      secret: z.string().nullable(),
    }),
  ),
  expect: z.record(z.string(), z.unknown()),
});

type SignatureCase = z.infer<typeof Case>;

/** Judges a webhook delivery with the receiver's own code, and that it verifies exactly the bytes that were sent. */
export async function judgeSignatureCase(json: unknown): Promise<Judgement> {
  const { id, sender, request, expect, receivedBytes, receivedSha256, ...vector } = Case.parse(json);
  const body = rawBody(request);
  const signatures = headerValues(proxyHeaders(request.headers), sources[sender].signatureHeader);
  const verification = verifySignature({ signatures, body }, await usableKeys(vector));
  const sha256 = createHash("sha256").update(body).digest("hex");
  return {
    case: id,
    expected: { ...expect, receivedBytes, receivedSha256 },
    actual: { ...verification, receivedBytes: body.byteLength, receivedSha256: sha256 },
  };
}

/** The two forms in which API Gateway hands a request's headers to a function. */
function proxyHeaders(headers: SignatureCase["request"]["headers"]) {
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of headers) multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
  return { headers: Object.fromEntries(headers), multiValueHeaders };
}

/** What the key ring makes of a secret that holds these versions. */
async function usableKeys({ ring, now, graceSeconds }: Pick<SignatureCase, "ring" | "now" | "graceSeconds">) {
  const failures: unknown[] = [];
  const keys = await keyRing({
    secret: {
      describe: async () => ({ stages: Object.fromEntries(ring.map(({ versionId, labels }) => [versionId, labels])) }),
      get: async (wanted) => {
        const version = ring.find(({ versionId }) => versionId === wanted);
        return version && version.secret !== null
          ? { secretString: version.secret, createdAt: new Date(version.createdAt) }
          : undefined;
      },
    },
    previousGraceSeconds: graceSeconds,
    clock: () => Date.parse(now),
    onRefreshFailure: (error) => failures.push(error),
  }).keys();
  if (failures.length > 0) throw failures[0];
  return keys;
}
