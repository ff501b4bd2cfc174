import type { Server } from "node:http";
import { type Answer, type StandInRequest, serve } from "./server";

/** Where a rotation is begun as RotateSecret begins it: `{ secretArn, token }`. */
export const PENDING_PATH = "/_stand-in/pending";

interface Pending {
  readonly secretArn: string;
  readonly token: string;
}

interface Description {
  readonly ARN?: string;
  readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>>;
}

/** Stands before the emulator's Secrets Manager and adds the one thing that it cannot hold: a version without a value.
 *
 * Secrets Manager begins a rotation by putting AWSPENDING on a version id that has no value yet. The emulator refuses
 * a label for a version that it does not know, and its RotateSecret copies the current value into the new version and
 * makes it current. So a description shows the announced version as pending until the function has put its value; all
 * else is the emulator's own answer.
 */
export function secretsManager(emulatorUrl: string): Server {
  const pending = new Map<string, Set<string>>();

  return serve(async (request) => {
    if (request.path === PENDING_PATH) {
      const { secretArn, token } = JSON.parse(request.body) as Pending;
      pending.set(secretArn, new Set(pending.get(secretArn)).add(token));
      return { status: 204 };
    }
    const answer = await forward(emulatorUrl, request).catch(() => unreachable);
    const isDescription = request.headers["x-amz-target"] === "secretsmanager.DescribeSecret";
    if (!isDescription || answer.status !== 200) return answer;
    const description = JSON.parse(answer.body) as Description;
    const placeholders = [...(pending.get(description.ARN ?? "") ?? [])].map((token) => [token, ["AWSPENDING"]]);
    // What the emulator knows comes last and wins: a version with a value is no placeholder.
    const stages = { ...Object.fromEntries(placeholders), ...description.VersionIdsToStages };
    return { ...answer, body: JSON.stringify({ ...description, VersionIdsToStages: stages }) };
  });
}

const unreachable = { status: 503, body: "{}" } as const;

/** Headers of one connection, and those that `fetch` writes itself. */
const ownHeaders = ["host", "connection", "content-length", "transfer-encoding", "accept-encoding", "expect"];

async function forward(emulatorUrl: string, request: StandInRequest): Promise<Answer & { readonly body: string }> {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    ownHeaders.includes(name) || value === undefined ? [] : [[name, String(value)]],
  );
  const response = await fetch(`${emulatorUrl}${request.path}`, {
    method: request.method,
    headers,
    body: request.body,
  });
  const told = ["content-type", "x-amzn-requestid", "x-amzn-errortype"].flatMap((name): [string, string][] => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return { status: response.status, headers: Object.fromEntries(told), body: await response.text() };
}
