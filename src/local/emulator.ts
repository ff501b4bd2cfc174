import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dockerCommand, pythonCommand } from "./emulator-command";
import { health, isEmpty } from "./emulator-health";
import { folders } from "./folders";
import { loopbackUrl, ports } from "./ports";
import { CannotStart, type OwnedProcess, start } from "./processes";

/** The release the lists of gaps were measured with; `--probe` is due when it changes. */
export const EMULATOR_VERSION = "1.5.33";

export interface Emulator {
  /** How it was found or started, for the reader. */
  readonly origin: string;
  /** Absent where somebody else started it: then it is emptied at the end, not ended. */
  readonly owned?: OwnedProcess;
  /** Resolves with a sentence when the emulator ends by itself. */
  readonly died: Promise<string>;
}

const url = loopbackUrl(ports.emulator);
const READY_MS = 60_000;

/** Without BIND_HOST MiniStack listens on every interface, and it asks for no credentials. */
const settings = {
  BIND_HOST: "127.0.0.1",
  GATEWAY_PORT: String(ports.emulator),
  MINISTACK_HOST: "127.0.0.1",
  LAMBDA_EXECUTOR: "local",
  // Reach the functions through the emulator's own environment, so that no stack needs a variable for them.
  AWS_ENDPOINT_URL: url,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: loopbackUrl(ports.bedrock),
  AWS_ENDPOINT_URL_SECRETS_MANAGER: loopbackUrl(ports.secretsManager),
} as const;

/** Takes an empty emulator that runs already, else starts one with Python, else with Docker. */
export async function findOrStartEmulator(
  regions: readonly string[],
  say: (line: string) => void,
  keepTrack: (owned: OwnedProcess) => void,
  signal: AbortSignal,
): Promise<Emulator> {
  const found = await health(url);
  if (found.kind === "emulator") return running(found.version, regions);
  if (found.kind === "stranger") {
    throw new CannotStart(
      `Port ${ports.emulator} is taken by something that is not MiniStack. End it (lsof -i :${ports.emulator}) and run again.`,
    );
  }
  const command =
    (await pythonCommand(EMULATOR_VERSION, folders.python, say, signal)) ??
    (await dockerCommand(EMULATOR_VERSION, settings));
  if (!command) {
    throw new CannotStart(
      "No emulator can be started: neither python3 (3.10 or newer, with venv) nor a Docker daemon is here.",
    );
  }
  mkdirSync(folders.temporary, { recursive: true });
  const { PATH, HOME } = process.env;
  const { owned, ended } = start({
    ...command,
    name: "emulator",
    env: { PATH, HOME, TMPDIR: folders.temporary, ...settings },
    logFile: join(folders.work, "emulator.log"),
  });
  keepTrack(owned);
  const failed = ended.then((reason) => Promise.reject(new CannotStart(reason)));
  await Promise.race([answering(signal), failed]);
  return { origin: command.origin, owned, died: ended };
}

async function running(version: string, regions: readonly string[]): Promise<Emulator> {
  const address = `The emulator that runs on port ${ports.emulator}`;
  if (version !== EMULATOR_VERSION) {
    throw new CannotStart(
      `${address} is MiniStack ${version}; the lists of gaps hold for ${EMULATOR_VERSION}. End it and run again.`,
    );
  }
  if (!(await isEmpty(url, regions))) {
    throw new CannotStart(
      `${address} holds resources of somebody else's. End it, or empty it with: curl -X POST ${url}/_ministack/reset`,
    );
  }
  return { origin: `MiniStack ${version} that was running already`, died: gone() };
}

async function answering(signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while ((await health(url)).kind !== "emulator") {
    if (Date.now() > deadline) throw new CannotStart(`The emulator did not answer within ${READY_MS / 1_000} s.`);
    await sleep(100, undefined, { signal });
  }
}

/** Watches an emulator that is not our child: it counts as dead when nobody listens on the port any more. */
async function gone(): Promise<string> {
  while ((await health(url)).kind !== "nothing") await sleep(2_000, undefined, { ref: false });
  return `Nothing listens on port ${ports.emulator} any more.`;
}
