import { spacelift } from "../../../functions/shared/spacelift";
import { FakeFetch, type FetchAnswer } from "../support/fake-fetch";

const webhook = { name: "n", endpoint: "https://e.test", enabled: true, space: { id: "root" }, labels: null };

/** An account that knows the key, and answers everything else like this. */
function account(answer: FetchAnswer) {
  const http = new FakeFetch(({ body }) =>
    body.includes("apiKeyUser") ? { status: 200, body: { data: { apiKeyUser: { jwt: "jwt" } } } } : answer,
  );
  const apiKeySecret = async () => "secret";
  const api = spacelift({
    endpoint: "https://example.test/graphql",
    apiKeyId: "key",
    apiKeySecret,
    fetcher: http.fetch,
  });
  return { http, api };
}
const found = (namedWebhooksIntegration: unknown, errors?: unknown[]): FetchAnswer => ({
  status: 200,
  body: { data: { namedWebhooksIntegration }, ...(errors && { errors }) },
});

describe("Spacelift's API", () => {
  it("is asked for one token, however many questions follow", async () => {
    const { api, http } = account(found(webhook));

    await api.namedWebhook("hook-1");
    await api.namedWebhook("hook-1");

    expect(http.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, "Bearer jwt", "Bearer jwt"]);
  });

  it("may leave out labels and whether it sends again", async () => {
    expect(await account(found(webhook)).api.namedWebhook("hook-1")).toEqual({
      name: "n",
      endpoint: "https://e.test",
      enabled: true,
      space: "root",
      labels: [],
    });
    expect(await account(found(null)).api.namedWebhook("hook-1")).toBeUndefined();
  });

  it.each([
    ["errors beside its data", found(webhook, [{ message: "canary" }])],
    ["no data", { status: 200, body: { data: null } }],
    ["another status", { status: 502, body: "canary" }],
  ])("is not believed with %s, and not quoted", async (_what, answer) => {
    const { api } = account(answer);

    await expect(api.namedWebhook("hook-1")).rejects.toMatchObject({ name: "SpaceliftError", status: answer.status });
    await expect(api.namedWebhook("hook-1")).rejects.toThrow(/^((?!canary).)*$/);
  });

  it.each([found({ ...webhook, space: null }), found(undefined), { status: 200, body: "text" }])(
    "that gives something else than promised is an error: %j",
    async (answer) => {
      await expect(account(answer).api.namedWebhook("hook-1")).rejects.toMatchObject({ name: "$ZodError" });
    },
  );
});
