import {
  type APIGatewayClient,
  type ApiKey,
  DeleteApiKeyCommand,
  GetApiKeysCommand,
  GetUsageCommand,
  NotFoundException,
  UpdateApiKeyCommand,
} from "@aws-sdk/client-api-gateway";
import type { ApiKeyState } from "./decide";
import type { ApiKeys } from "./ports";

const dayMs = 86_400_000;

/** Keys in API Gateway; their values are never asked for. */
export function apiGatewayKeys(client: APIGatewayClient): ApiKeys {
  return {
    async list(namePrefix) {
      const found: ApiKeyState[] = [];
      let position: string | undefined;
      do {
        const page = { limit: 500, ...(position !== undefined && { position }) };
        const answer = await client.send(
          new GetApiKeysCommand({ nameQuery: namePrefix, includeValues: false, ...page }),
        );
        found.push(...(answer.items ?? []).flatMap(keyState));
        position = answer.position;
      } while (position !== undefined);
      return found;
    },
    async disable(id) {
      const patchOperations = [{ op: "replace", path: "/enabled", value: "false" } as const];
      await unlessGone(client.send(new UpdateApiKeyCommand({ apiKey: id, patchOperations })));
    },
    async remove(id) {
      await unlessGone(client.send(new DeleteApiKeyCommand({ apiKey: id })));
    },
    async callsAfter(usagePlanId, keyId, since, now) {
      const dates = { startDate: day(new Date(since.getTime() + dayMs)), endDate: day(now) };
      let calls = 0;
      let position: string | undefined;
      do {
        const page = position === undefined ? {} : { position };
        const answer = await client.send(new GetUsageCommand({ usagePlanId, keyId, ...dates, ...page }));
        // Each day is a pair: calls made, and what is left of the quota.
        for (const [used = 0] of answer.items?.[keyId] ?? []) calls += used;
        position = answer.position;
      } while (position !== undefined);
      return calls;
    },
  };
}

function keyState({ id, name, enabled, lastUpdatedDate, tags }: ApiKey): ApiKeyState[] {
  if (id === undefined || name === undefined) return [];
  const secretName = tags?.["rotation:secret"];
  return [
    {
      id,
      name,
      isEnabled: enabled ?? false,
      ...(lastUpdatedDate && { changedAt: lastUpdatedDate }),
      ...(secretName !== undefined && { secretName }),
    },
  ];
}

async function unlessGone(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
