import {
  type APIGatewayClient,
  type ApiKey,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeysCommand,
  type UsagePlanKey,
} from "@aws-sdk/client-api-gateway";

export interface NewApiKey {
  readonly name: string;
  readonly value: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** API keys and the usage plan they join. `conflict`: API Gateway holds this already, or something that excludes it. */
export interface ApiKeys {
  /** Id of the key with exactly this name. */
  find(name: string): Promise<string | undefined>;
  /** Makes an enabled key; its id, or `conflict` where the value is taken. */
  create(key: NewApiKey): Promise<{ readonly id: string } | "conflict">;
  /** Whether the plan has a key of this name. */
  isInPlan(name: string): Promise<boolean>;
  joinPlan(keyId: string): Promise<"joined" | "conflict">;
}

interface Page {
  readonly items?: readonly Pick<ApiKey | UsagePlanKey, "id" | "name">[] | undefined;
  readonly position?: string | undefined;
}

const pageSize = 500;

/** API Gateway by the SDK; names are asked for as beginnings, so that each page is searched for the whole one. */
export function apiKeys(client: APIGatewayClient, usagePlanId: string): ApiKeys {
  const search = async (name: string, page: (position: { position?: string }) => Promise<Page>) => {
    let position: string | undefined;
    do {
      const answer = await page(position === undefined ? {} : { position });
      const found = answer.items?.find((item) => item.name === name);
      if (found?.id !== undefined) return found.id;
      position = answer.position;
    } while (position !== undefined);
    return undefined;
  };

  return {
    find: (name) =>
      search(name, (position) =>
        client.send(new GetApiKeysCommand({ nameQuery: name, includeValues: false, limit: pageSize, ...position })),
      ),

    create: (key) =>
      orConflict(async () => {
        const { id } = await client.send(new CreateApiKeyCommand({ ...key, enabled: true }));
        if (id === undefined) throw new TypeError("API Gateway gave a new key no id.");
        return { id };
      }),

    isInPlan: async (name) => {
      const found = await search(name, (position) =>
        client.send(new GetUsagePlanKeysCommand({ usagePlanId, nameQuery: name, limit: pageSize, ...position })),
      );
      return found !== undefined;
    },

    joinPlan: (keyId) =>
      orConflict(async () => {
        await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: "API_KEY" }));
        return "joined" as const;
      }),
  };
}

async function orConflict<T>(action: () => Promise<T>): Promise<T | "conflict"> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ConflictException) return "conflict";
    throw error;
  }
}
