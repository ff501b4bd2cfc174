import { createServer, type IncomingMessage, type Server } from "node:http";

export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** Where a stand-in tells what it was asked; the smoke test reads it. */
export const CALLS_PATH = "/_stand-in/calls";

/** Serves one upstream and remembers every call, so that a stand-in nobody reached is noticed. */
export function serve(answer: (request: StandInRequest) => Answer | Promise<Answer>): Server {
  const calls: Call[] = [];
  const answered = async (request: StandInRequest): Promise<Answer> => {
    if (request.path === CALLS_PATH) return { status: 200, body: calls };
    const reply = await answer(request);
    calls.push({ method: request.method, path: request.path, status: reply.status });
    return reply;
  };
  return createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", async () => {
      const { method = "GET", url = "/", headers } = incoming;
      const body = Buffer.concat(chunks).toString("utf8");
      const reply = await answered({ method, path: url, headers, body });
      const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {});
      outgoing.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
      outgoing.end(reply.status === 204 ? undefined : text);
    });
  });
}

/** Reads what a stand-in was asked since it started. */
export async function callsOf(url: string): Promise<readonly Call[]> {
  const response = await fetch(`${url}${CALLS_PATH}`, { signal: AbortSignal.timeout(5_000) });
  return (await response.json()) as Call[];
}
