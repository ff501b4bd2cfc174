import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { health } from "../../src/local/emulator-health";
import { assertPortsFree } from "../../src/local/free-ports";
import { assertLoopbackOnly, foreignEndpoints, isLoopback } from "../../src/local/loopback";

const here = { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };

describe("only loopback addresses are spoken to", () => {
  it.each([
    ["http://127.0.0.1:4566", true],
    ["http://localhost:4566", true],
    ["http://[::1]:4566", true],
    ["https://dynamodb.us-east-1.amazonaws.com", false],
    ["http://127.0.0.1.example.com", false],
    ["http://localhost@example.com", false],
    ["http://0.0.0.0:4566", false],
    ["", false],
  ])("%s: %s", (url, expected) => {
    expect(isLoopback(url)).toBe(expected);
  });

  it.each([
    ["no endpoint at all", {}, "AWS_ENDPOINT_URL is not set"],
    [
      "an AWS endpoint",
      { AWS_ENDPOINT_URL: "https://sts.amazonaws.com" },
      'AWS_ENDPOINT_URL is "https://sts.amazonaws.com"',
    ],
    [
      "one service elsewhere",
      { ...here, AWS_ENDPOINT_URL_S3: "https://s3.amazonaws.com" },
      'AWS_ENDPOINT_URL_S3 is "https://s3.amazonaws.com"',
    ],
    ["one service unset", { ...here, AWS_ENDPOINT_URL_S3: "" }, 'AWS_ENDPOINT_URL_S3 is ""'],
    [
      "endpoints switched off",
      { ...here, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
      "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ],
  ])("refuses %s", (_, env, problem) => {
    expect(() => assertLoopbackOnly(env, [])).toThrow(problem);
  });

  it("refuses an endpoint inside a provider block, and accepts one on loopback", () => {
    const stack = (sqs: string) => ({ provider: { aws: [{ region: "us-east-1", endpoints: [{ sqs }] }] } });

    expect(() => assertLoopbackOnly(here, [["data", stack("https://sqs.us-east-1.amazonaws.com")]])).toThrow(
      'the provider endpoint sqs of data is "https://sqs.us-east-1.amazonaws.com"',
    );
    expect(() => assertLoopbackOnly(here, [["data", stack("http://127.0.0.1:4566")]])).not.toThrow();
  });

  it("names every foreign endpoint of the caller's own environment", () => {
    expect(foreignEndpoints({ ...here, AWS_ENDPOINT_URL_KMS: "https://kms.amazonaws.com", PATH: "/bin" })).toEqual([
      'AWS_ENDPOINT_URL_KMS is "https://kms.amazonaws.com"',
    ]);
  });
});

describe("a port that is taken", () => {
  const servers: Server[] = [];
  const stranger = async (body: string): Promise<number> => {
    const server = createServer((_, response) => response.end(body));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it("is named, with how to find who has it", async () => {
    const port = await stranger("hello");

    await expect(assertPortsFree([port])).rejects.toThrow(`Port ${port} is taken by another program`);
    await expect(assertPortsFree([port])).rejects.toThrow(`lsof -i :${port}`);
  });

  it("is told from a free one, and MiniStack from a stranger", async () => {
    const taken = await stranger("hello");
    const ministack = await stranger('{"version":"1.5.33"}');
    const free = await stranger("");
    servers.pop()?.close();

    await expect(assertPortsFree([free])).resolves.toBeUndefined();
    expect(await health(`http://127.0.0.1:${taken}`)).toEqual({ kind: "stranger" });
    expect(await health(`http://127.0.0.1:${ministack}`)).toEqual({ kind: "emulator", version: "1.5.33" });
    expect(await health(`http://127.0.0.1:${free}`)).toEqual({ kind: "nothing" });
  });
});
