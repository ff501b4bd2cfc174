import { z } from "zod";
import { type Sender, signedRequest } from "./delivery";
import { loopbackUrl, ports } from "./ports";
import { signingKey } from "./secret-values";
import type { Service } from "./session";
import { HEAD_PATH } from "./stand-ins/github";

export interface DeliverProps {
  readonly sender: Sender;
  readonly event: string;
  readonly body: string;
  /** @default - a new one; a redelivery repeats it */
  readonly id?: string;
}

/** Signs a payload with the key that is current and sends it; the GitHub stand-in then has that pull request. */
export async function deliver({ apiUrl, secrets }: Service, { sender, ...delivery }: DeliverProps): Promise<Response> {
  await tellStandIn(delivery.body);
  const key = await signingKey(secrets[sender]);
  return fetch(`${apiUrl}/webhooks/${sender}`, {
    ...signedRequest({ ...delivery, sender, key }),
    signal: AbortSignal.timeout(30_000),
  });
}

const PullRequestEvent = z.looseObject({
  number: z.int(),
  pull_request: z.looseObject({ head: z.looseObject({ sha: z.string() }) }),
  repository: z.looseObject({ full_name: z.string() }),
});

async function tellStandIn(body: string): Promise<void> {
  const { data } = PullRequestEvent.safeParse(JSON.parse(body));
  if (!data) return;
  await fetch(`${loopbackUrl(ports.github)}${HEAD_PATH}`, {
    method: "POST",
    body: JSON.stringify({
      pullRequest: `${data.repository.full_name.toLowerCase()}/${data.number}`,
      commit: data.pull_request.head.sha,
    }),
  });
}
