import { EC2Client } from "@aws-sdk/client-ec2";
import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { ipSets } from "../../../functions/sync-github-ips/ip-sets";
import { prefixList } from "../../../functions/sync-github-ips/prefix-list";
import { publishedAddresses } from "../../../functions/sync-github-ips/published";
import { answeredBy, fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";
import { FakePrefixList } from "../support/fake-prefix-list";

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

describe("the prefix list in Amazon EC2", () => {
  const held = () => {
    const fake = new FakePrefixList();
    fake.cidrs = ["192.30.252.0/22", "140.82.112.0/20"];
    const client = new EC2Client(answeredBy((request) => fake.answer(request)));
    return { fake, ...prefixList(client, "pl-1") };
  };

  it("is read with its version and its size", async () => {
    expect(await held().read()).toEqual({
      addresses: ["192.30.252.0/22", "140.82.112.0/20"],
      version: 1,
      maxEntries: 34,
    });
  });

  it("gets what came and loses what went", async () => {
    const { fake, write } = held();

    await write({ added: ["198.51.100.0/24"], removed: ["192.30.252.0/22"], version: 1 });

    expect(fake.cidrs).toEqual(["140.82.112.0/20", "198.51.100.0/24"]);
  });

  it("is not changed where somebody else changed it meanwhile", async () => {
    const { fake, write } = held();
    fake.version = 2;

    await expect(write({ added: ["198.51.100.0/24"], removed: [], version: 1 })).rejects.toMatchObject({
      name: "PrefixListVersionMismatch",
    });
    expect(fake.cidrs).toEqual(["192.30.252.0/22", "140.82.112.0/20"]);
  });

  it("is an error where the answer holds none: a list that looks empty could be filled with anything", async () => {
    const client = new EC2Client(answeredBy(() => ({ status: 200, body: "<DescribeManagedPrefixListsResponse/>" })));

    await expect(prefixList(client, "pl-1").read()).rejects.toThrow(
      "Amazon EC2 answered without the prefix list pl-1.",
    );
  });
});

describe("what GitHub publishes", () => {
  function published(body: string, status = 200, baseUrl = "https://api.github.test") {
    const asked: { url: string; headers: Headers }[] = [];
    const answer = publishedAddresses(baseUrl, async (url, init) => {
      asked.push({ url: String(url), headers: new Headers(init?.headers) });
      return new Response(body, { status });
    });
    return { asked, answer };
  }

  it("is asked for without a token, by a caller with a name", async () => {
    const { asked, answer } = published(
      '{"hooks":["192.30.252.0/22"],"api":["140.82.112.0/20"],"web":["192.0.2.0/24"]}',
    );

    expect(await answer).toEqual({ hooks: ["192.30.252.0/22"], api: ["140.82.112.0/20"] });
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
    expect(await published(body).answer).toEqual({ hooks: undefined, api: undefined });
  });

  it.each([403, 429, 503])("is an error where GitHub answers %i", async (status) => {
    await expect(published('{"hooks":["192.30.252.0/22"]}', status).answer).rejects.toThrow(
      `GitHub answered ${status} to /meta.`,
    );
  });
});
