import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { deliver } from "./deliver";
import { signedRequest } from "./delivery";
import { forgedTokens } from "./forged-tokens";
import { loopbackUrl, ports } from "./ports";
import { expectEqual, expectStatus, inTurn, type PromiseResult } from "./promises";
import { openedEvent } from "./pull-request-event";
import { signingKey } from "./secret-values";
import type { Service } from "./session";
import { STAND_IN_TEXT } from "./stand-ins/json-schema";
import { type Call, callsOf } from "./stand-ins/server";
import { mintToken, publishedKeys } from "./token";

const REVIEW_MS = 60_000;
const repository = "acme/shop";
const pullRequest = 7;

/** Drives the deployed service from outside as its users do, one promise after the other. */
export async function smokeTest(service: Service, signal: AbortSignal): Promise<PromiseResult[]> {
  const commit = randomBytes(20).toString("hex");
  const id = randomUUID();
  const body = openedEvent({ repository, pullRequest, commit });
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${service.apiUrl}${path}`, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
  const signedIn = async (...roles: string[]) => ({ authorization: `Bearer ${await mintToken(roles)}` });
  const forged = async () => forgedTokens(await mintToken(["Platform.Admin"]), await publishedKeys());
  const askWith = (token: string) => ask(reviewsPath, { headers: { authorization: `Bearer ${token}` } });
  const reviewsPath = `/api/v1/reviews?${new URLSearchParams({ repository })}`;

  const promises: Record<string, () => Promise<void>> = {
    "a delivery with a wrong signature is refused": async () => {
      const forged = signedRequest({ sender: "github", event: "pull_request", body, key: "not the key" });
      expectStatus(401, await ask("/webhooks/github", forged));
    },
    "a delivery that was changed after it was signed is refused": async () => {
      const signed = signedRequest({
        sender: "github",
        event: "pull_request",
        body,
        key: await signingKey(service.secrets.github),
      });
      expectStatus(401, await ask("/webhooks/github", { ...signed, body: body.replace("opened", "closed") }));
    },
    "a signed delivery is accepted": async () =>
      expectStatus(202, await deliver(service, { sender: "github", event: "pull_request", body, id })),
    "a request without a token is refused": async () => expectStatus(401, await ask(reviewsPath)),
    "a valid token is accepted": async () =>
      expectStatus(200, await ask(reviewsPath, { headers: await signedIn("Reviews.Read") })),
    // Before the forger fetches them as well.
    "the issuer's keys were fetched": () => expectCalls(ports.issuer, ({ path }) => path === "/jwks"),
    "a token that says it needs no signature is refused": async () =>
      expectStatus(401, await askWith((await forged()).unsigned)),
    "a token signed by HMAC with the public key is refused": async () =>
      expectStatus(401, await askWith((await forged()).hmacByPublicKey)),
    "a role without the right is refused": async () =>
      expectStatus(403, await ask(reviewsPath, { headers: await signedIn("Reviews.Submit") })),
    "bad input is refused with problem details": async () => {
      const response = await ask("/api/v1/reviews", {
        method: "POST",
        headers: { ...(await signedIn("Reviews.Write")), "content-type": "application/json" },
        body: JSON.stringify({ repository: "no owner", pullRequest: 0 }),
      });
      expectEqual("content type", "application/problem+json", response.headers.get("content-type"));
      expectStatus(400, response);
    },
    "the review is stored and readable": async () => {
      const headers = await signedIn("Reviews.Read");
      const deadline = Date.now() + REVIEW_MS;
      let seen = "nothing";
      while (![commit, '"completed"', STAND_IN_TEXT].every((part) => seen.includes(part))) {
        if (Date.now() > deadline) throw new Error(`after ${REVIEW_MS / 1_000} s the API showed ${seen}`);
        await sleep(500, undefined, { signal });
        const response = await ask(reviewsPath, { headers });
        seen = await response.text();
        if (response.status !== 200) throw new Error(`status ${response.status}: ${seen}`);
      }
    },
    "the same delivery again is known as a duplicate": async () => {
      const response = await deliver(service, { sender: "github", event: "pull_request", body, id });
      expectStatus(202, response);
      expectEqual("answer", '{"status":"duplicate"}', await response.text());
    },
    "the comment is posted once": async () => {
      const posted = await calls(ports.github, ({ method, path, status }) => {
        return method === "POST" && path.endsWith("/comments") && status === 201;
      });
      expectEqual("comments", 1, posted);
    },
    "the Bedrock stand-in was called": () => expectCalls(ports.bedrock, ({ path }) => path.endsWith("/converse")),
  };

  return inTurn(promises, signal);
}

const calls = async (port: number, wanted: (call: Call) => boolean): Promise<number> =>
  (await callsOf(loopbackUrl(port))).filter(wanted).length;

/** The emulator answers for Bedrock itself where a stand-in is not wired, so a call that never came is a failure. */
async function expectCalls(port: number, wanted: (call: Call) => boolean): Promise<void> {
  if ((await calls(port, wanted)) === 0) throw new Error(`nobody called ${loopbackUrl(port)}`);
}
