import { generateKeyPairSync } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import { reviewId, reviewKey } from "../../../functions/shared/review-key";
import { httpEvent } from "./http-events";
import type { RecordedWorld } from "./recorded-world";

type Variables = Readonly<Record<string, string>>;
type Invoked<Answer> = (event: never, invocation: never) => Promise<Answer>;

const commit = "0123456789abcdef0123456789abcdef01234567";
const subject = { repository: "example/platform", pullRequest: 7, commit };
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const invocation = { awsRequestId: "invocation-1", getRemainingTimeInMillis: () => 900_000 };

const published = ["192.30.252.0/22", "140.82.112.0/20", "143.55.64.0/20", "2606:50c0::/32", "2a0a:a440::/29"];

/** GitHub and the issuer of tokens, wherever a function expects them; nobody else can be reached. */
export const platformFetch: typeof fetch = async (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : String(input));
  const repository = "/repos/example/platform";
  const answers: readonly (readonly [end: string, answer: unknown])[] = [
    [`${repository}/installation`, { id: 5 }],
    ["/access_tokens", { token: "ghs_1", expires_at: new Date(Date.now() + 3_600_000).toISOString() }],
    [`${repository}/pulls/7`, { base: { sha: "base" }, head: { sha: commit } }],
    [`${repository}/compare/base...${commit}`, "diff --git a/main.ts b/main.ts\n"],
    [`${repository}/issues/7/comments`, init?.method === "POST" ? { html_url: "https://github.test/comment/1" } : []],
    ["/meta", { hooks: published, api: published }],
    ["/keys", { keys: [{ ...(await exportJWK(publicKey)), kid: "key-1", use: "sig" }] }],
    ["/jwks", { keys: [{ ...(await exportJWK(publicKey)), kid: "key-1", use: "sig" }] }],
  ];
  const found = answers.find(([end]) => pathname.endsWith(end));
  // The probe asks for GitHub's own page; any answer will do.
  if (!found) return new Response("{}", { status: 200 });
  return new Response(typeof found[1] === "string" ? found[1] : JSON.stringify(found[1]), { status: 200 });
};

/** Gives the worker a large delivery, a submission and a run, each of them twice; gives the messages that failed. */
export async function driveReviewer(
  handler: Invoked<{ readonly batchItemFailures: readonly unknown[] }>,
  { ARTIFACTS_BUCKET }: Variables,
  world: RecordedWorld,
): Promise<number> {
  const event = {
    action: "opened",
    number: 7,
    pull_request: { head: { sha: commit } },
    repository: { full_name: "example/platform" },
  };
  const key = `deliveries/github/${"0f".repeat(32)}.json`;
  world.objects.set(`/${ARTIFACTS_BUCKET}/${key}`, JSON.stringify(event));
  const run = { id: "01J", type: "TRACKED", commit: { hash: commit, url: `https://github.com/a/b/commit/${commit}` } };
  const state = { state: "FINISHED", stateVersion: 4, timestamp: 1_767_225_600, run, stack: { id: "platform" } };
  const head = { deliveryId: "delivery-1", acceptedAt: "2026-03-02T12:00:00.000Z" };
  const messages = [
    { source: "github", ...head, bodyObjectKey: key },
    { source: "submission", ...head, body: JSON.stringify(subject) },
    { source: "spacelift", ...head, body: JSON.stringify(state) },
  ];
  const Records = messages.map((message, index) => ({ messageId: `m${index}`, body: JSON.stringify(message) }));
  let failed = 0;
  for (const _ of ["first", "again"]) {
    failed += (await handler({ Records } as never, invocation as never)).batchItemFailures.length;
  }
  return failed;
}

/** Sends every request that the API takes, for a review that is there; gives the statuses. */
export async function driveReviewsApi(
  handler: Invoked<{ readonly statusCode: number }>,
  world: RecordedWorld,
): Promise<number[]> {
  const { pk, sk } = reviewKey(subject);
  world.table.items.set(`${pk}\n${sk}`, {
    pk: { S: pk },
    sk: { S: sk },
    repository: { S: subject.repository },
    pullRequest: { N: "7" },
    commit: { S: commit },
    status: { S: "completed" },
    createdAt: { S: "2026-03-02T12:00:00.000Z" },
  });
  const admin = { roles: "Platform.Admin", path: { id: reviewId(subject) } };
  const events = [
    httpEvent("GET /health"),
    httpEvent("GET /api/v1/reviews", { ...admin, query: { repository: subject.repository } }),
    httpEvent("GET /api/v1/reviews/{id}", admin),
    httpEvent("DELETE /api/v1/reviews/{id}", admin),
    httpEvent("DELETE /api/v1/reviews/{id}", admin),
  ];
  const statuses: number[] = [];
  for (const event of events) statuses.push((await handler(event as never, undefined as never)).statusCode);
  return statuses;
}

/** Shows the authorizer a good token, one without a role and a bad one; gives the effects, or the error's message. */
export async function driveAuthorizer(
  handler: Invoked<{ readonly policyDocument: { readonly Statement: readonly [{ readonly Effect: string }] } }>,
  { TOKEN_ISSUER = "", TOKEN_AUDIENCE = "", TENANT_ID }: Variables,
): Promise<string[]> {
  const token = (roles: readonly string[]) =>
    new SignJWT({ roles, ver: "2.0", tid: TENANT_ID })
      .setProtectedHeader({ alg: "RS256", kid: "key-1" })
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setSubject("someone")
      .setExpirationTime("1h")
      .sign(privateKey);
  const methodArn = "arn:aws:execute-api:us-east-1:111122223333:api/live/GET/api/v1/reviews";
  const effects: string[] = [];
  for (const text of [await token(["Reviews.Read"]), await token([]), "a.b.c"]) {
    const event = { authorizationToken: `Bearer ${text}`, methodArn };
    const answered = handler(event as never, invocation as never);
    const effect = answered.then(({ policyDocument }) => policyDocument.Statement[0].Effect);
    effects.push(await effect.catch((error: Error) => error.message));
  }
  return effects;
}

/** Lets the function find that GitHub publishes one more range of each family. */
export async function driveGithubSync(
  handler: Invoked<void>,
  { GITHUB_IPV4_SET_NAME = "", GITHUB_IPV6_SET_NAME = "" }: Variables,
  world: RecordedWorld,
): Promise<{ readonly sets: readonly (readonly string[])[]; readonly list: readonly string[] }> {
  world.ipSets.sets.set(GITHUB_IPV4_SET_NAME, published.slice(0, 2));
  world.ipSets.sets.set(GITHUB_IPV6_SET_NAME, []);
  world.prefixList.cidrs = published.slice(0, 2);
  await handler({} as never, invocation as never);
  return { sets: [...world.ipSets.sets.values()], list: world.prefixList.cidrs };
}

/** Lets the probe ask each of its targets. */
export const driveProbe = (handler: Invoked<void>): Promise<void> => handler({} as never, invocation as never);
