import * as z from "zod/mini";
import { once } from "./once";

/** Spacelift refused an operation, or answered something else than its API promises. */
export class SpaceliftError extends Error {
  override readonly name = "SpaceliftError";

  constructor(
    /** Of HTTP; 200 where the refusal stands in the answer's `errors`. */
    readonly status: number,
    operation: string,
  ) {
    super(`Spacelift answered ${operation} with ${status} and without its data.`);
  }
}

/** What a named webhook is beside its secret, which the API takes and never gives. */
export interface NamedWebhook {
  readonly name: string;
  readonly endpoint: string;
  readonly enabled: boolean;
  /** Id of its space. */
  readonly space: string;
  readonly labels: readonly string[];
  /** Absent where Spacelift gives none. */
  readonly retryOnFailure?: boolean;
}

export interface Spacelift {
  /** The webhook, or `undefined` where there is none that the key may see. */
  namedWebhook(webhookId: string): Promise<NamedWebhook | undefined>;
  /** Writes the whole object: a field left out would be a field changed. */
  updateNamedWebhook(webhookId: string, webhook: NamedWebhook, secret: string): Promise<void>;
}

export interface SpaceliftProps {
  /** Address of the account's GraphQL API, `https://ACCOUNT.app.spacelift.io/graphql`. */
  readonly endpoint: string;
  readonly apiKeyId: string;
  readonly apiKeySecret: () => Promise<string>;
  readonly fetcher?: typeof fetch;
}

/** Covers the body too. */
const timeoutMs = 3_000;

const documents = {
  apiKeyUser: "mutation ($id: ID!, $secret: String!) { apiKeyUser(id: $id, secret: $secret) { jwt } }",
  namedWebhooksIntegration:
    "query ($id: ID!) { namedWebhooksIntegration(id: $id) { name endpoint enabled space { id } labels retryOnFailure } }",
  namedWebhooksIntegrationUpdate:
    "mutation ($id: ID!, $input: NamedWebhooksIntegrationInput!) { namedWebhooksIntegrationUpdate(id: $id, input: $input) { id } }",
} as const;

const Answer = z.object({
  data: z.nullish(z.record(z.string(), z.unknown())),
  errors: z.nullish(z.array(z.unknown())),
});
const Updated = z.object({ id: z.string() });
const User = z.object({ jwt: z.string().check(z.minLength(1)) });
const Webhook = z.pipe(
  z.object({
    name: z.string(),
    endpoint: z.string(),
    enabled: z.boolean(),
    space: z.object({ id: z.string() }),
    labels: z.nullable(z.array(z.string())),
    retryOnFailure: z.nullish(z.boolean()),
  }),
  z.transform(({ space, labels, retryOnFailure, ...webhook }) => ({
    ...webhook,
    space: space.id,
    labels: labels ?? [],
    ...(typeof retryOnFailure === "boolean" && { retryOnFailure }),
  })),
);

/** Spacelift by its GraphQL API, as the Spacelift Terraform provider uses it for `spacelift_named_webhook`. */
export function spacelift({ endpoint, apiKeyId, apiKeySecret, fetcher = fetch }: SpaceliftProps): Spacelift {
  const send = async (operation: keyof typeof documents, variables: object, jwt?: string): Promise<unknown> => {
    const response = await fetcher(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", ...(jwt !== undefined && { authorization: `Bearer ${jwt}` }) },
      body: JSON.stringify({ query: documents[operation], variables }),
      // A secret in the body does not follow a redirect.
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new SpaceliftError(response.status, operation);
    const { data, errors } = Answer.parse(await response.json());
    if (!data || (errors && errors.length > 0)) throw new SpaceliftError(response.status, operation);
    return data[operation];
  };

  // Ten hours, by Spacelift's documentation.
  const jwt = once(async () => {
    const user = await send("apiKeyUser", { id: apiKeyId, secret: await apiKeySecret() });
    if (user === null) throw new SpaceliftError(200, "apiKeyUser");
    return User.parse(user).jwt;
  });

  return {
    async namedWebhook(webhookId) {
      const webhook = await send("namedWebhooksIntegration", { id: webhookId }, await jwt());
      return webhook === null ? undefined : Webhook.parse(webhook);
    },
    async updateNamedWebhook(webhookId, webhook, secret) {
      const updated = await send(
        "namedWebhooksIntegrationUpdate",
        { id: webhookId, input: { ...webhook, secret } },
        await jwt(),
      );
      Updated.parse(updated);
    },
  };
}
