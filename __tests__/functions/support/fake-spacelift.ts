import { FakeFetch, type FetchAnswer, type FetchedRequest } from "./fake-fetch";

/** Spacelift's GraphQL API with one named webhook. */
export class FakeSpacelift {
  webhook: Record<string, unknown> | null = {
    id: "hook-1",
    name: "platform",
    endpoint: "https://api.example.com/webhooks/spacelift",
    enabled: true,
    space: { id: "root" },
    labels: ["b", "a"],
    retryOnFailure: true,
  };
  secret = "old";
  /** Somebody else, after the write of this number (from 1). */
  edit: (writes: number) => void = () => {};
  private writes = 0;
  readonly http = new FakeFetch((request) => this.answer(request));

  private answer({ headers, body }: FetchedRequest): FetchAnswer {
    const { query, variables } = JSON.parse(body);
    if (query.includes("apiKeyUser")) {
      const isKnown = variables.id === "key-1" && variables.secret === "canary-credential";
      return { status: 200, body: { data: { apiKeyUser: isKnown ? { jwt: "canary-jwt" } : null } } };
    }
    if (headers.authorization !== "Bearer canary-jwt" || variables.id !== "hook-1") {
      return { status: 200, body: { data: null, errors: [{ message: "canary-error-body unauthorized" }] } };
    }
    if (!query.startsWith("mutation"))
      return { status: 200, body: { data: { namedWebhooksIntegration: this.webhook } } };
    const { secret, space, ...input } = variables.input;
    this.webhook = { id: "hook-1", space: { id: space }, ...input };
    this.secret = secret;
    this.writes += 1;
    this.edit(this.writes);
    return { status: 200, body: { data: { namedWebhooksIntegrationUpdate: { id: "hook-1" } } } };
  }
}
