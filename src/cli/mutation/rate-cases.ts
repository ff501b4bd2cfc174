import { bearer, call, delivery, passes, sources, stops, trusted, type WafCase } from "./case";

const reviews = "/api/v1/reviews";
const spacelift = "/webhooks/spacelift";
const prefixed = "/x/webhooks/spacelift";
const longer = "/webhooks/spaceliftx";

/** The request comes after this many like it, in less than the window of 300 s. */
const after = (count: number) => ({ before: [{ count, fromSec: 0, toSec: 200 }], atSec: 201 });
const tooMany = (rule: string) => stops(rule, 429);
const post = (method = "POST", path = reviews) => call(method, path, { body: { bytes: 300 } });
const fromTrusted = { sourceIp: sources.trusted };

/** Shares of the limit of a token, from two addresses; the request itself comes from a third. */
const shares = (first: number, second: number) => ({
  before: [first, second].map((count, index) => ({
    ...{ count, fromSec: 0, toSec: 200 },
    patch: { sourceIp: sources.anyoneElse[index] },
  })),
  atSec: 201,
});

const global: readonly WafCase[] = [
  {
    id: "global-over",
    why: "request 2,001 of an address",
    ...after(2000),
    request: call("GET", reviews),
    expect: tooMany("rate-ip-global"),
  },
  {
    id: "global-trusted",
    why: "a trusted address has no limit",
    ...after(2000),
    request: call("GET", reviews, fromTrusted),
    expect: passes(trusted),
  },
  {
    id: "global-webhook",
    why: "a webhook has its own",
    ...after(2000),
    request: delivery(spacelift),
    expect: passes(),
  },
  {
    id: "global-before-webhook",
    why: "a path that ends like a webhook is limited as others are",
    ...after(2000),
    request: call("GET", prefixed),
    expect: tooMany("rate-ip-global"),
  },
  {
    id: "global-behind-webhook",
    why: "so is one that begins like it",
    ...after(2000),
    request: post("POST", longer),
    expect: tooMany("rate-ip-global"),
  },
];

const writes: readonly WafCase[] = [
  ...["POST", "PUT", "PATCH", "DELETE"].map((method) => ({
    id: `writes-${method}-over`,
    why: "write 501 of an address",
    ...after(500),
    request: post(method),
    expect: tooMany("rate-ip-writes"),
  })),
  { id: "writes-at", why: "write 500", ...after(499), request: post(), expect: passes() },
  ...["GET", "HEAD", "XPOST", "DELETEX"].map((method) => ({
    id: `writes-${method}`,
    why: "no write",
    ...after(500),
    request: post(method),
    expect: passes(),
  })),
  {
    id: "writes-trusted",
    why: "a trusted address has no limit",
    ...after(500),
    request: call("POST", reviews, fromTrusted),
    expect: passes(trusted),
  },
  {
    id: "writes-webhook",
    why: "a webhook has its own",
    ...after(500),
    request: delivery(spacelift),
    expect: passes(),
  },
  ...[prefixed, longer].map((path) => ({
    id: `writes-${path}`,
    why: "a path that ends or begins like a webhook is limited as others are",
    ...after(500),
    request: post("POST", path),
    expect: tooMany("rate-ip-writes"),
  })),
];

/** Beside the vectors, where delivery 15,001 is told to come again. */
const webhooks: readonly WafCase[] = [
  ...[prefixed, longer].map((path) => ({
    id: `webhooks-${path}`,
    why: "a path that ends or begins like a webhook is not under its limit",
    ...after(15_000),
    request: delivery(path, fromTrusted),
    expect: passes(trusted),
  })),
];

const tokens: readonly WafCase[] = [
  {
    id: "token-over",
    why: "request 3,001 of a token, whatever the addresses",
    ...shares(1500, 1500),
    request: call("GET", reviews),
    expect: tooMany("rate-api-token"),
  },
  {
    id: "token-at",
    why: "request 3,000",
    ...shares(1500, 1499),
    request: call("GET", reviews),
    expect: passes(),
  },
  {
    id: "token-of-health",
    why: "a token counts under /api/ only",
    ...shares(1500, 1500),
    request: call("GET", "/health", { headers: bearer }),
    expect: passes(),
  },
];

const about = (rule: string, cases: readonly WafCase[]) => cases.map((each): WafCase => ({ ...each, about: rule }));

/** Rules 70 to 73: requests at the limit and one over it. */
export const rateCases: readonly WafCase[] = [
  ...about("rate-ip-global", global),
  ...about("rate-ip-writes", writes),
  ...about("rate-webhooks", webhooks),
  ...about("rate-api-token", tokens),
];
