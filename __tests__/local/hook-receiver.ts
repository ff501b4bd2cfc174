import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gitHub } from "../../src/local/stand-ins/github";
import { DELIVERIES_PATH, HOOKS_PATH } from "../../src/local/stand-ins/github-hooks";
import type { Attempt, Event } from "../../src/local/stand-ins/hook-sender";
import { signJwt } from "../../src/local/stand-ins/jwt";

export const appHook = "/app/hook";
export const repositoryHook = "/repos/acme/shop/hooks/1";

/** What a receiver of webhooks was sent. */
export interface Received {
  readonly guid: string;
  readonly event: string;
  readonly signature: string;
  readonly body: string;
}

const servers: Server[] = [];
/** Listens on a free port; answers with the address. */
export const listen = async (server: Server): Promise<string> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export function closeAll(): void {
  for (const server of servers.splice(0)) server.close();
}

/** A receiver that keeps what it is sent, and answers with the status that it is told. */
export async function receiver() {
  const received: Received[] = [];
  const answer = { status: 202 };
  const url = await listen(
    createServer((incoming, outgoing) => {
      let body = "";
      incoming.on("data", (chunk) => {
        body += chunk;
      });
      incoming.on("end", () => {
        const header = (name: string) => String(incoming.headers[name]);
        received.push({
          guid: header("x-github-delivery"),
          event: header("x-github-event"),
          signature: header("x-hub-signature-256"),
          body,
        });
        outgoing.writeHead(answer.status).end('{"status":"queued"}');
      });
    }),
  );
  return { url, received, answer };
}

/** The GitHub stand-in, with both kinds of webhook at a receiver, each with the secret `first`. */
export async function gitHubWithHooks(receiverUrl: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const appPublicKey = publicKey.export({ type: "spki", format: "pem" }).toString();
  const url = await listen(gitHub({ appId: "1", appPublicKey }));
  const now = Math.floor(Date.now() / 1_000);
  const appToken = signJwt({ iss: "1", iat: now - 60, exp: now + 540 }, privateKey, "app");
  const ask = (token: string, method: string, path: string, body?: object) =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
  const granted = await ask(appToken, "POST", "/app/installations/1/access_tokens");
  const { token: installationToken } = (await granted.json()) as { token: string };
  for (const hook of [appHook, repositoryHook]) {
    await ask("", "POST", HOOKS_PATH, { hook, url: receiverUrl, secret: "first" });
  }
  return {
    url,
    appToken,
    installationToken,
    asApp: ask.bind(undefined, appToken),
    asInstallation: ask.bind(undefined, installationToken),
    send: async (hook: string, event: Event): Promise<Attempt> =>
      (await (await ask("", "POST", DELIVERIES_PATH, { hook, ...event })).json()) as Attempt,
  };
}
