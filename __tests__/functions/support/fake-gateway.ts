import { jsonBody, ok, type WireAnswer, type WireRequest } from "./fake-aws";

/** A key as API Gateway shows it. */
export interface GatewayKey {
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  /** Epoch seconds. */
  readonly lastUpdatedDate: number;
}

/** API Gateway's keys with one usage plan, whoever asks for it; nobody has called with a key. */
export class FakeGateway {
  keys: GatewayKey[] = [];
  private readonly inPlan = new Set<string>();

  answer(request: WireRequest): WireAnswer {
    const { method, path, query } = request;
    const [, id = ""] = /^\/apikeys\/([^/]+)$/.exec(path) ?? [];
    if (method === "GET" && path.endsWith("/usage")) return ok({ values: { [query.keyId ?? ""]: [[0, 100]] } });
    if (method === "GET") {
      const all = path.endsWith("/keys") ? this.keys.filter((key) => this.inPlan.has(key.id)) : this.keys;
      return ok({ item: all.filter(({ name }) => name.startsWith(query.name ?? "")) });
    }
    if (method === "DELETE") this.keys = this.keys.filter((key) => key.id !== id);
    if (method === "PATCH") this.keys = this.keys.map((key) => (key.id === id ? { ...key, enabled: false } : key));
    if (method !== "POST") return ok();
    if (path.endsWith("/keys")) {
      this.inPlan.add(String(jsonBody(request).keyId));
      return ok();
    }
    const { name, tags } = jsonBody(request) as unknown as Pick<GatewayKey, "name" | "tags">;
    const key = { id: `key-${this.keys.length + 1}`, name, tags, enabled: true, lastUpdatedDate: Date.now() / 1000 };
    this.keys.push(key);
    return ok(key);
  }
}
