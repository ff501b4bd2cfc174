import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { ipSets } from "../../../functions/sync-github-ips/ip-sets";
import { publishedHooks } from "../../../functions/sync-github-ips/published";
import { answeredBy, fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";

const names = { v4: { Name: "github-v4", Id: "id-4" }, v6: { Name: "github-v6", Id: "id-6" } };

function sets(answer: WireAnswer) {
  const requests: WireRequest[] = [];
  const settings = answeredBy((request) => {
    requests.push(request);
    return answer;
  });
  const client = new WAFV2Client(settings);
  return { requests, ...ipSets(client, names) };
}

describe("the sets in AWS WAF", () => {
  it("are read by name and id, with the token of the next write", async () => {
    const { requests, read } = sets(ok({ IPSet: { Addresses: ["192.0.2.0/24"] }, LockToken: "token" }));

    expect(await read("v4")).toEqual({ addresses: ["192.0.2.0/24"], lockToken: "token" });
    expect(requests.map(operationOf)).toEqual(["GetIPSet"]);
    expect(requests.map(jsonBody)).toEqual([{ Name: "github-v4", Id: "id-4", Scope: "REGIONAL" }]);
  });

  it("are written whole, with that token", async () => {
    const { requests, write } = sets(ok({ NextLockToken: "next" }));

    await write("v6", ["2001:db8::/32"], "token");

    expect(requests.map(operationOf)).toEqual(["UpdateIPSet"]);
    expect(requests.map(jsonBody)).toEqual([
      { Name: "github-v6", Id: "id-6", Scope: "REGIONAL", Addresses: ["2001:db8::/32"], LockToken: "token" },
    ]);
  });

  it.each([
    ["no set", {}],
    ["a set without its addresses", { IPSet: {}, LockToken: "token" }],
    ["no token", { IPSet: { Addresses: [] } }],
  ])(
    "are an error where the answer holds %s: a set that looks empty could be filled with anything",
    async (_, body) => {
      await expect(sets(ok(body)).read("v4")).rejects.toThrow("AWS WAF answered without the v4 set.");
    },
  );

  it("say under AWS's own name that somebody else wrote", async () => {
    const { write } = sets(fault("WAFOptimisticLockException"));

    await expect(write("v4", [], "old")).rejects.toMatchObject({ name: "WAFOptimisticLockException" });
  });
});

describe("what GitHub publishes", () => {
  function published(body: string, status = 200, baseUrl = "https://api.github.test") {
    const asked: { url: string; headers: Headers }[] = [];
    const answer = publishedHooks(baseUrl, async (url, init) => {
      asked.push({ url: String(url), headers: new Headers(init?.headers) });
      return new Response(body, { status });
    });
    return { asked, answer };
  }

  it("is asked for without a token, by a caller with a name", async () => {
    const { asked, answer } = published('{"hooks":["192.30.252.0/22"],"web":["192.0.2.0/24"]}');

    expect(await answer).toEqual(["192.30.252.0/22"]);
    expect(asked.map(({ url }) => url)).toEqual(["https://api.github.test/meta"]);
    expect(asked[0]?.headers.get("user-agent")).toBe("review-platform");
    expect(asked[0]?.headers.get("authorization")).toBeNull();
  });

  it("of an Enterprise Server lies below its API", async () => {
    const { asked, answer } = published("{}", 200, "https://github.example.com/api/v3/");

    await answer;

    expect(asked.map(({ url }) => url)).toEqual(["https://github.example.com/api/v3/meta"]);
  });

  it.each(['{"web":[]}', "null", "[]", '"hooks"', "<html>"])("is no list where %s comes", async (body) => {
    expect(await published(body).answer).toBeUndefined();
  });

  it.each([403, 429, 503])("is an error where GitHub answers %i", async (status) => {
    await expect(published('{"hooks":["192.30.252.0/22"]}', status).answer).rejects.toThrow(
      `GitHub answered ${status} to /meta.`,
    );
  });
});
