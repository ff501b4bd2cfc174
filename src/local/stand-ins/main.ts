import type { Server } from "node:http";
import { loopbackUrl, ports } from "../ports";
import { bedrock } from "./bedrock";
import { gitHub } from "./github";
import { issuer } from "./issuer";
import { secretsManager } from "./secrets-manager";

/** What the parent hands over as JSON in the first argument. */
export interface StandInProps {
  readonly audience: string;
  readonly appId: string;
  readonly appPublicKey: string;
}

const props = JSON.parse(process.argv[2] ?? "{}") as StandInProps;
const servers: [number, Server][] = [
  [ports.issuer, issuer({ url: loopbackUrl(ports.issuer), audience: props.audience })],
  [ports.github, gitHub(props)],
  [ports.bedrock, bedrock()],
  [ports.secretsManager, secretsManager(loopbackUrl(ports.emulator))],
];

for (const [port, server] of servers) server.listen(port, "127.0.0.1");
