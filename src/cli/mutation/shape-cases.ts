import { bearer, call, delivery, passes, signature, stops, type WafCase } from "./case";

const reviews = "/api/v1/reviews";
const github = "/webhooks/github";
const spacelift = "/webhooks/spacelift";
const unauthorized = (rule: string) => stops(rule, 401);

/** Rules 30 to 60: what a request must show before its content is looked at. */
export const shapeCases: readonly WafCase[] = [
  {
    id: "agent-empty",
    why: "an empty user agent is none",
    request: call("GET", reviews, { headers: { ...bearer, "User-Agent": "" } }),
    expect: stops("require-user-agent", 403),
  },
  ...["GET", "PUT", "OPTIONS", "POSTX", "post"].map((method) => ({
    id: `webhook-method-${method}`,
    why: "webhooks take POST, and nothing that begins like it",
    request: { ...delivery(spacelift), method },
    expect: stops("webhook-method", 405),
  })),
  {
    id: "webhook-method-elsewhere",
    why: "other paths take other methods",
    request: call("GET", "/health"),
    expect: passes(),
  },
  { id: "github-signed", why: "a signed delivery", request: delivery(github), expect: passes() },
  { id: "spacelift-signed", why: "a signed delivery", request: delivery(spacelift), expect: passes() },
  ...[
    { path: github, header: "X-Hub-Signature-256" },
    { path: spacelift, header: "X-Signature-256" },
  ].flatMap(({ path, header }) =>
    ["", `x${signature}`, `${signature}0`, signature.slice(0, -1), signature.toUpperCase(), "sha1=00"].map((value) => ({
      id: `signature-${path}-${value}`,
      why: "a signature is 64 lower-case digits, with nothing before and nothing behind",
      request: delivery(path, { headers: { [header]: value } }),
      expect: unauthorized("webhook-signature-shape"),
    })),
  ),
  ...[`${github}/`, `${spacelift}/x`, "/webhooks/other"].map((path) => ({
    id: `unsigned-${path}`,
    why: "other paths ask for no signature; the API has none of them",
    request: call("POST", path, { headers: {} }),
    expect: passes(),
  })),
  ...["xBearer a.b.c", "Bearer a.b.c d", "Bearer a.b", "Bearer a.b.c.d", "BEARER a.b.c", "Bearer  a.b.c", ""].map(
    (Authorization) => ({
      id: `token-${Authorization}`,
      why: "a token has three parts, with nothing before and nothing behind",
      request: call("GET", reviews, { headers: { Authorization } }),
      expect: unauthorized("api-token-shape"),
    }),
  ),
  ...["eyJhbGciOiJub25lIn0", "eyJhbGciOiJOb25lIn0", "eyJhbGciOiJOT05FIn0", "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0"].map(
    (head) => ({
      id: `token-unsigned-${head}`,
      why: "a token that says it is unsigned is refused everywhere",
      request: call("GET", "/health", { headers: { Authorization: `bearer ${head}.e30.x` } }),
      expect: unauthorized("api-token-shape"),
    }),
  ),
  {
    id: "token-unsigned-behind",
    why: "what follows another scheme is no token",
    request: call("GET", "/health", { headers: { Authorization: "Basic Bearer eyJhbGciOiJub25lIn0.e30.x" } }),
    expect: passes(),
  },
  {
    id: "token-preflight",
    why: "a preflight has no token",
    request: call("OPTIONS", reviews, { headers: {} }),
    expect: passes(),
  },
  {
    id: "token-preflight-longer",
    why: "a method that begins like OPTIONS needs one",
    request: call("OPTIONSX", reviews, { headers: {} }),
    expect: unauthorized("api-token-shape"),
  },
  {
    id: "token-elsewhere",
    why: "outside /api/ none is asked for",
    request: call("GET", "/health", { headers: {} }),
    expect: passes(),
  },
];
