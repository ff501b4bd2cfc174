import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { signedRequest } from "../delivery";
import { loopbackUrl, ports } from "../ports";
import { expectEqual, expectStatus, inTurn, type PromiseResult } from "../promises";
import { labels, signingKey } from "../secret-values";
import type { Service } from "../session";
import { callsOf } from "../stand-ins/server";
import { drive } from "./drive";
import { appHook } from "./hook";
import { invoke } from "./invoke";
import { perPhase, refusals } from "./judge";
import { openedPullRequests } from "./opened";
import { type Sent, traffic } from "./traffic";
import { waitUntil } from "./wait-until";

export interface RotationProofProps {
  readonly service: Service;
  readonly appId: string;
  /** PEM. */
  readonly appPrivateKey: string;
  readonly previousGraceSeconds: number;
  readonly signal: AbortSignal;
}

export interface RotationProof {
  readonly results: readonly PromiseResult[];
  /** What can be seen only when the former key's grace is over; waits for that. */
  afterGrace(): Promise<readonly PromiseResult[]>;
}

const event = "pull_request";
const counts = { total: 200, before: 50, during: 100 } as const;
/** The emulator starts a process for each delivery that comes while all others are busy, so not all come at once. */
const pace = { lanes: 2, pauseMs: 200 } as const;
const fewest = 25;
/** A delivery that has failed is asked for again after two minutes, and not once it is older than the look-back. */
const failedSecondsAgo = 110;
const redeliveryMs = 30_000;
const reviewMs = 120_000;
/** Label moves are dated in whole seconds. */
const graceMarginMs = 2_000;

/** Rotates the key of GitHub's webhook by the deployed function, while GitHub's stand-in goes on delivering. */
export async function proveRotation(props: RotationProofProps): Promise<RotationProof> {
  const { service, appId, appPrivateKey, previousGraceSeconds, signal } = props;
  const secretArn = service.secrets.github;
  const { rotateGithub, redeliver } = service.functions;
  const url = `${service.apiUrl}/webhooks/github`;
  const token = randomUUID();
  const opened = openedPullRequests("acme/rotation");
  const hook = appHook(appId, appPrivateKey);
  const formerKey = await signingKey(secretArn);
  await hook.connect(url, formerKey);

  const deliverWith = (key: string, body: string) =>
    fetch(url, {
      ...signedRequest({ sender: "github", event, body, key }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
  const failToDeliver = async (keepsSignature: boolean) => {
    const firstTo = loopbackUrl(ports.nobody);
    return hook.send({ event, body: await opened.next(), firstTo, firstSecondsAgo: failedSecondsAgo, keepsSignature });
  };
  let sent: readonly Sent[] = [];
  let failed: readonly string[] = [];
  let rotatedAtMs = Date.now();
  const rotate = async () => {
    await drive({
      secretArn,
      functionName: rotateGithub,
      token,
      // As late as they can be signed by the former key.
      before: async (step) => {
        if (step === "setSecret") failed = [await failToDeliver(true), await failToDeliver(false)];
      },
    });
    rotatedAtMs = Date.now();
  };

  const results = await inTurn(
    {
      "a first value that an operator has put is adopted, and GitHub is set to it": async () => {
        const answer = await invoke(rotateGithub, { SecretId: secretArn, action: "adopt", confirmed: false });
        expectEqual("answer", '{"outcome":"adopted"}', JSON.stringify(answer));
        const held = await labels(secretArn);
        expectEqual("LIVE is at", held.get("AWSCURRENT"), held.get("LIVE"));
        expectEqual("changes of GitHub's webhook", 1, await hook.changes());
      },
      // An emulator that was found running may lack the address of the stand-in.
      "the functions ask Secrets Manager through its stand-in": async () => {
        const asked = await callsOf(loopbackUrl(ports.secretsManager));
        if (asked.length === 0) throw new Error(`nobody called ${loopbackUrl(ports.secretsManager)}`);
      },
      "the deployed function rotates the key in the four steps, and moves the labels": async () => {
        const former = (await labels(secretArn)).get("LIVE");
        const send = async () => hook.send({ event, body: await opened.next() });
        sent = await traffic({ ...counts, ...pace, send, rotate, signal });
        const held = await labels(secretArn);
        for (const label of ["LIVE", "APPLYING", "AWSCURRENT"]) expectEqual(`${label} is at`, token, held.get(label));
        for (const label of ["FORMER", "AWSPREVIOUS"]) expectEqual(`${label} is at`, former, held.get(label));
        expectEqual("changes of GitHub's webhook", 2, await hook.changes());
      },
      [`${counts.total} deliveries came before, during and after the rotation`]: async () => {
        const { before, during, after } = perPhase(sent);
        const isSpread = before + during + after === counts.total && Math.min(before, during, after) >= fewest;
        if (!isSpread) throw new Error(`${before} came before, ${during} during and ${after} after it`);
      },
      "none of them was refused": async () => {
        const refused = refusals(await hook.attempts(), failed);
        const [first] = refused;
        if (first) throw new Error(`${refused.length} were refused, one of them with ${first.statusCode}`);
      },
      "a delivery signed with the former key is accepted in its grace": async () =>
        expectStatus(202, await deliverWith(formerKey, await opened.next())),
      "deliveries that failed are asked for again and accepted, signed anew or as before": async () => {
        if (failed.length === 0) throw new Error("none was made to fail");
        const areTaken = async () => {
          await invoke(redeliver, {});
          const attempts = await hook.attempts();
          return failed.every((one) => attempts.some(({ guid, statusCode }) => guid === one && statusCode === 202));
        };
        if (!(await waitUntil(areTaken, redeliveryMs, signal))) throw new Error("they were not delivered");
      },
    },
    signal,
  );

  const afterGrace = async () => {
    const overAtMs = rotatedAtMs + previousGraceSeconds * 1_000 + graceMarginMs;
    await sleep(Math.max(0, overAtMs - Date.now()), undefined, { signal });
    return inTurn(
      {
        "a delivery signed with the former key is refused after its grace": async () =>
          expectStatus(401, await deliverWith(formerKey, await opened.next("refused"))),
        "a delivery signed with the new key is accepted then": async () =>
          expectStatus(202, await deliverWith(await signingKey(secretArn), await opened.next())),
        "every accepted delivery was reviewed exactly once": async () => {
          await waitUntil(async () => (await opened.notReviewedOnce()).missing.length === 0, reviewMs, signal);
          const { missing, repeated } = await opened.notReviewedOnce();
          expectEqual("pull requests without a review", 0, missing.length);
          expectEqual("pull requests with more than one", 0, repeated.length);
        },
      },
      signal,
    );
  };
  return { results, afterGrace };
}
