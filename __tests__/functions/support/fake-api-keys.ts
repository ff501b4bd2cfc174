import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { apiKeys } from "../../../functions/rotate-secret/strategies/api-keys";
import { answeredBy, fault, jsonBody, ok, type WireAnswer, type WireRequest } from "./fake-aws";

interface Key {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly enabled: boolean;
  readonly tags: Record<string, string>;
}

/** API Gateway's keys and one usage plan, `plan-1`, behind a real SDK client. */
export class FakeApiKeys {
  readonly keys: Key[] = [];
  readonly inPlan = new Set<string>();
  readonly calls: string[] = [];
  /** Keys a page holds. */
  pageSize = 1;
  /** `after`: carried out, the answer is lost. Otherwise the name of an error, and nothing is carried out. */
  fault: (call: string, index: number) => "after" | string | undefined = () => undefined;

  readonly client = apiKeys(
    new APIGatewayClient(
      answeredBy((request) => {
        const call = `${request.method} ${request.path}`;
        this.calls.push(call);
        const found = this.fault(call, this.calls.length - 1);
        if (found !== undefined && found !== "after") return fault(found, { message: "canary-error-body" });
        const answer = this.answer(request);
        if (found === "after") throw new Error("socket hang up");
        return answer;
      }),
    ),
    "plan-1",
  );

  private answer(request: WireRequest): WireAnswer {
    if (request.path === "/apikeys" && request.method === "GET") return this.page(this.keys, request);
    if (request.path === "/apikeys") {
      const body = jsonBody(request) as unknown as Omit<Key, "id">;
      if (this.keys.some(({ value }) => value === body.value)) return fault("ConflictException", {}, 409);
      const key = { id: `id-${this.keys.length + 1}`, ...body };
      this.keys.push(key);
      return ok(key);
    }
    if (request.method === "GET")
      return this.page(
        this.keys.filter(({ id }) => this.inPlan.has(id)),
        request,
      );
    const { keyId, keyType } = jsonBody(request);
    if (keyType !== "API_KEY" || this.inPlan.has(String(keyId))) return fault("ConflictException", {}, 409);
    this.inPlan.add(String(keyId));
    return ok({ id: keyId });
  }

  private page(all: readonly Key[], { query }: WireRequest): WireAnswer {
    const named = all.filter(({ name }) => name.startsWith(query.name ?? ""));
    const start = Number(query.position ?? 0);
    const end = start + this.pageSize;
    const item = named.slice(start, end).map(({ value: _hidden, ...key }) => key);
    return ok({ item, ...(end < named.length && { position: String(end) }) });
  }
}
