import { githubApi } from "../../../functions/shared/github";
import { appToken } from "../../../functions/shared/github-app";
import { type DeliveryAttempt, githubHook } from "../../../functions/shared/github-hook";
import { loopbackUrl, ports } from "../ports";
import { DELIVERIES_PATH, HOOKS_PATH } from "../stand-ins/github-hooks";
import type { Event } from "../stand-ins/hook-sender";
import { type Call, callsOf } from "../stand-ins/server";

/** The webhook of the GitHub App, at the stand-in. */
export interface AppHook {
  /** Points it at the service, with the key it signs by until it is given another. */
  connect(url: string, secret: string): Promise<void>;
  /** Has it send, and waits until it has been answered or given up; returns the delivery's GUID. */
  send(event: Event): Promise<string>;
  /** All attempts, newest first. */
  attempts(): Promise<readonly DeliveryAttempt[]>;
  /** How often it was given a secret through GitHub's API. */
  changes(): Promise<number>;
}

/** `appPrivateKey` is the PEM by which the App signs in; `appId` its id. */
export function appHook(appId: string, appPrivateKey: string): AppHook {
  const standIn = loopbackUrl(ports.github);
  const tell = (path: string, body: object) =>
    fetch(`${standIn}${path}`, { method: "POST", body: JSON.stringify({ hook: "/app/hook", ...body }) });
  const hook = githubHook({
    hook: { kind: "github-app-hook" },
    api: githubApi(standIn),
    token: appToken({ appId, privateKey: async () => appPrivateKey, clock: () => new Date() }),
  });
  return {
    async connect(url, secret) {
      await tell(HOOKS_PATH, { url, secret });
    },
    async send(event) {
      const { guid } = (await (await tell(DELIVERIES_PATH, event)).json()) as { guid: string };
      return guid;
    },
    attempts: () => hook.attempts(new Date(0)),
    async changes() {
      const isChange = ({ method, path, status }: Call) =>
        method === "PATCH" && path === "/app/hook/config" && status === 200;
      return (await callsOf(standIn)).filter(isChange).length;
    },
  };
}
