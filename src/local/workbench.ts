import { rmSync } from "node:fs";
import type { Config } from "../config/schema";
import { type Emulator, findOrStartEmulator } from "./emulator";
import { empty, health } from "./emulator-health";
import { folders } from "./folders";
import { assertPortsFree } from "./free-ports";
import { loopbackUrl, ports, standInPorts } from "./ports";
import { CannotStart, end, isOurs, type OwnedProcess } from "./processes";
import { forgetSession, readSession, writeSession } from "./session";
import { type StandIns, startStandIns } from "./stand-ins/start";

export interface Workbench {
  readonly emulator: Emulator;
  readonly standIns: StandIns;
}

/** Throws where a kept run or a stranger stands in the way. */
export async function assertNothingInTheWay(): Promise<void> {
  if (readSession()?.processes.some(isOurs)) {
    throw new CannotStart('A local run is kept running. End it with "npm run local -- --down".');
  }
  forgetSession();
  await assertPortsFree([...standInPorts, ports.nobody]);
}

/** Starts emulator and stand-ins. What was started is written down at once, so that `closeWorkbench` finds it whatever happens. */
export async function openWorkbench(
  config: Config,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Workbench> {
  if (config.identity.kind !== "oidc") throw new CannotStart("environments/local.ts must name the local token issuer.");
  const processes: OwnedProcess[] = [];
  const keepTrack = (owned: OwnedProcess) => {
    processes.push(owned);
    writeSession({ emulator: loopbackUrl(ports.emulator), processes });
  };
  rmSync(folders.state, { recursive: true, force: true });
  const emulator = await findOrStartEmulator([config.region, config.drRegion], say, keepTrack, signal);
  const standIns = await startStandIns({ audience: config.identity.audience, appId: config.github.appId }, keepTrack);
  return { emulator, standIns };
}

/** Ends what a local run has started and deletes its state; an emulator of somebody else's is emptied instead. */
export async function closeWorkbench(): Promise<void> {
  const session = readSession();
  if (!session) return;
  await Promise.all(session.processes.map(end));
  const isAdopted = session.processes.every(({ name }) => name !== "emulator");
  if (isAdopted && (await health(session.emulator)).kind === "emulator") await empty(session.emulator);
  for (const folder of [folders.state, folders.temporary]) rmSync(folder, { recursive: true, force: true });
  forgetSession();
}
