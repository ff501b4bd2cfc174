import { generateKeyPairSync } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folders } from "../folders";
import { loopbackUrl, standInPorts } from "../ports";
import { CannotStart, type OwnedProcess, start } from "../processes";
import type { StandInProps } from "./main";
import { callsOf } from "./server";

export interface StandIns {
  /** PEM of the GitHub App's private key, made for this run; it belongs into the App's secret. */
  readonly appPrivateKey: string;
  readonly died: Promise<string>;
}

const READY_MS = 15_000;

/** Starts issuer, GitHub, Bedrock and what stands before Secrets Manager as one process that outlives this command when it is kept. */
export async function startStandIns(
  { audience, appId }: Omit<StandInProps, "appPublicKey">,
  keepTrack: (owned: OwnedProcess) => void,
): Promise<StandIns> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const props: StandInProps = { audience, appId, appPublicKey: publicKey };
  const script = resolve(__dirname, "main.ts");
  const { PATH, HOME } = process.env;
  const { owned, ended } = start({
    name: "stand-ins",
    program: process.execPath,
    args: ["-r", "ts-node/register", script, JSON.stringify(props)],
    env: { PATH, HOME },
    mark: script,
    logFile: join(folders.work, "stand-ins.log"),
  });
  keepTrack(owned);
  await Promise.race([answering(), ended.then((reason) => Promise.reject(new CannotStart(reason)))]);
  return { appPrivateKey: privateKey, died: ended };
}

async function answering(): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (const port of standInPorts) {
    while (!(await callsOf(loopbackUrl(port)).catch(() => undefined))) {
      if (Date.now() > deadline)
        throw new CannotStart(`The stand-in on port ${port} did not answer within ${READY_MS / 1_000} s.`);
      await sleep(100);
    }
  }
}
