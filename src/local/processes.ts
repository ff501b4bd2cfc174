import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that a local run started. The mark tells it from another one that was given its id later. */
export interface OwnedProcess {
  readonly name: string;
  readonly pid: number;
  readonly mark: string;
}

export interface Started {
  readonly owned: OwnedProcess;
  /** Resolves with a sentence once the process has ended, whoever ended it. */
  readonly ended: Promise<string>;
}

/** The machine cannot give the run what it needs; the command ends with 2. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}

interface Program {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly mark: string;
  readonly logFile: string;
}

/** Starts a program as the leader of its own group, so that a kept one outlives this command and its children end with it. */
export function start({ name, program, args, env, mark, logFile }: Program): Started {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "w");
  const child = spawn(program, args, { detached: true, stdio: ["ignore", log, log], env });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`The ${name} could not be started: ${error.message}.`));
    child.once("exit", (code, signal) =>
      resolve(`The ${name} ended by itself (${signal ?? `exit code ${code}`}).\n${lastLines(logFile)}`),
    );
  });
  child.unref();
  return { owned: { name, pid: child.pid ?? 0, mark }, ended };
}

const GRACE_MS = 10_000;

/** Ends a process and the group it leads, by its id: asked first, forced after ten seconds. */
export async function end(owned: OwnedProcess): Promise<void> {
  if (!isOurs(owned)) return;
  signalGroup(owned.pid, "SIGTERM");
  const deadline = Date.now() + GRACE_MS;
  while (signalGroup(owned.pid, 0) && Date.now() < deadline) await sleep(50);
  signalGroup(owned.pid, "SIGKILL");
}

/** Tells whether the id still belongs to the program that was started under it. */
export function isOurs({ pid, mark }: OwnedProcess): boolean {
  try {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).includes(mark);
  } catch {
    return false;
  }
}

function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}

const lastLines = (file: string, count = 15): string =>
  readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
