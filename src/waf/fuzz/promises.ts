import { routes } from "../../limits/routes";
import type { WafRequest } from "../request";
import type { FuzzTarget, RandomRequest } from "./random-requests";
import { senders } from "./senders";

/** What must hold for a request that was let through, or for one that was not; told without asking any rule. */
export interface FuzzPromise {
  readonly promise: string;
  readonly broken: (
    sent: RandomRequest,
    outcome: { readonly verdict: "allow" | "block"; readonly rule: string | null },
  ) => boolean;
}

/** Lists that are noted and do not stop anybody. */
const noted = ["AWSManagedIPDDoSList", "AnonymousIPList", "HostingProviderIPList"];
const maxBodyBytes = 8192;

export function fuzzPromises({ pathPrefix, blockedCountries }: FuzzTarget): readonly FuzzPromise[] {
  const pathsOf = (wanted: (route: (typeof routes)[number]) => boolean) =>
    new Set(routes.filter(wanted).map(({ path }) => `${pathPrefix}${path}`));
  const webhooks = pathsOf(({ protection }) => protection === "signature");
  const takesCode = pathsOf((route) => route.function === "webhook");
  const [denied, trusted] = [new Set<string>(senders.denied), new Set<string>(senders.trusted)];
  const signed = (request: WafRequest) => {
    const name = request.path.endsWith("/github") ? "x-hub-signature-256" : "x-signature-256";
    return isSignature(header(request, name));
  };
  const never = (promise: string, holds: (sent: RandomRequest) => boolean): FuzzPromise => ({
    promise,
    broken: (sent, { verdict }) => verdict === "allow" && holds(sent),
  });

  return [
    never("a denied address is refused", ({ request }) => denied.has(request.sourceIp)),
    never("a blocked country is refused, but for webhooks and trusted addresses", ({ request }) => {
      const { country, path, sourceIp } = request;
      return blockedCountries.includes(country ?? "") && !webhooks.has(path) && !trusted.has(sourceIp);
    }),
    never("a request without a user agent is refused", ({ request }) => !header(request, "user-agent")),
    never("a webhook takes POST only", ({ request: { path, method } }) => webhooks.has(path) && method !== "POST"),
    never("an unsigned delivery is refused", ({ request }) => webhooks.has(request.path) && !signed(request)),
    never("a call without a token is refused, but for OPTIONS", ({ request }) => {
      const isCall = request.path.startsWith(`${pathPrefix}/api/`) && request.method !== "OPTIONS";
      return isCall && !isToken(header(request, "authorization"));
    }),
    never("a token that says it is unsigned is refused", ({ request }) =>
      saysUnsigned(header(request, "authorization") ?? ""),
    ),
    never("an attack in a body is refused where no code comes in", ({ request, signatureHits }) => {
      return !takesCode.has(request.path) && signatureHits.some(isBodyHit);
    }),
    never("a long body is refused where no code comes in", ({ request }) => {
      return !takesCode.has(request.path) && request.body.bytes > maxBodyBytes;
    }),
    never("an attack anywhere else is refused", ({ signatureHits }) =>
      signatureHits.some((hit) => !isBodyHit(hit) && !noted.some((list) => hit.endsWith(`/${list}`))),
    ),
    {
      promise: "a signed delivery is lost to nothing but its own rate",
      broken: ({ request, signatureHits }, { verdict, rule }) =>
        verdict === "block" && rule !== "rate-webhooks" && isSound(request) && signatureHits.every(isBodyHit),
    },
  ];

  function isSound(request: WafRequest): boolean {
    const { path, method, query, sourceIp } = request;
    if (!webhooks.has(path) || method !== "POST" || query !== "" || denied.has(sourceIp) || !signed(request))
      return false;
    return Boolean(header(request, "user-agent")) && !request.headers.some(([name]) => !/agent|signature/i.test(name));
  }
}

const isBodyHit = (hit: string) => hit.endsWith("_BODY");

const header = ({ headers }: WafRequest, wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

function isSignature(value = ""): boolean {
  const [scheme, digest = "", more] = value.split("=");
  const digits = [...digest].every((digit) => "0123456789abcdef".includes(digit));
  return scheme === "sha256" && digest.length === 64 && digits && more === undefined;
}

function isToken(value = ""): boolean {
  const [scheme, token = "", more] = value.split(" ");
  const parts = token.split(".");
  const plain = (part: string) => part !== "" && encodeURIComponent(part) === part && !/[!~*'()]/.test(part);
  return (scheme === "Bearer" || scheme === "bearer") && more === undefined && parts.length === 3 && parts.every(plain);
}

function saysUnsigned(value: string): boolean {
  const head = value.split(" ")[1]?.split(".")[0] ?? "";
  return Buffer.from(head, "base64url").toString("latin1").toLowerCase().includes('"alg":"none"');
}
