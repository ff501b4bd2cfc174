import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { WireAnswer, WireRequest } from "./fake-aws";

/** A server on loopback that stands for AWS, GitHub and the issuer at once; resolves to its address. */
export async function listen(answer: (request: WireRequest) => WireAnswer) {
  const server = createServer(async (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://127.0.0.1");
    const { status, body } = answer({
      method: incoming.method ?? "",
      hostname: "127.0.0.1",
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      body: await text(incoming),
    });
    outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

async function text(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
