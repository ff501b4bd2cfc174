import { z } from "zod";
import { type Sender, signedRequest } from "./delivery";
import { tellStandIn } from "./pull-request-event";
import { signingKey } from "./secret-values";
import type { Service } from "./session";

export interface DeliverProps {
  readonly sender: Sender;
  readonly event: string;
  readonly body: string;
  /** @default - a new one; a redelivery repeats it */
  readonly id?: string;
}

/** Signs a payload with the key that is current and sends it; the GitHub stand-in then has that pull request. */
export async function deliver({ apiUrl, secrets }: Service, { sender, ...delivery }: DeliverProps): Promise<Response> {
  await announce(delivery.body);
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

async function announce(body: string): Promise<void> {
  const { data } = PullRequestEvent.safeParse(JSON.parse(body));
  if (!data) return;
  await tellStandIn({
    repository: data.repository.full_name.toLowerCase(),
    pullRequest: data.number,
    commit: data.pull_request.head.sha,
  });
}
