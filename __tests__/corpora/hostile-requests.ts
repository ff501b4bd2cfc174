import type { WafRequest } from "../../src/waf/request";

/** Where in a request a hostile string stands; the names are those of the managed rules' components. */
export const places = ["query", "path", "header", "cookie", "body"] as const;
export type Place = (typeof places)[number];

type Header = readonly [name: string, value: string];

/** A path at which a stranger knocks. */
export interface Door {
  /** Without what the environment puts before it. */
  readonly path: string;
  /** What the route takes; a hostile body is posted to the others, too. */
  readonly method: "GET" | "POST";
  /** What our own rules ask for before any content: a token or a signature of the right shape, which need not be genuine. */
  readonly credentials: readonly Header[];
  /** Code under review comes in here, so a body that looks like an attack must pass. */
  readonly carriesCode: boolean;
}

const hexDigest = "5e".repeat(32);
const token: Header = ["authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"];

/** Of each kind one. */
export const doors: readonly Door[] = [
  { path: "/api/v1/other", method: "GET", credentials: [token], carriesCode: false },
  { path: "/health", method: "GET", credentials: [], carriesCode: false },
  { path: "/api/v1/reviews", method: "POST", credentials: [token], carriesCode: true },
  {
    path: "/webhooks/github",
    method: "POST",
    credentials: [["x-hub-signature-256", `sha256=${hexDigest}`]],
    carriesCode: true,
  },
  {
    path: "/webhooks/spacelift",
    method: "POST",
    credentials: [["x-signature-256", `sha256=${hexDigest}`]],
    carriesCode: true,
  },
];

/** Paths that resemble those where code comes in; with everything the real ones ask for. */
export const nearlyCodeDoors: readonly Door[] = [
  "/api/v1/reviews/",
  "/api/v1/reviews/1",
  "/api/v1/reviews2",
  "/api/v1//reviews",
  "/api/v1/Reviews",
  "/other/api/v1/reviews",
  "/webhooks/github/",
  "/webhooks/github2",
  "/webhooks/gitlab",
  "/Webhooks/github",
  "/other/webhooks/github",
  "/webhooks/spacelift/",
  "/other/webhooks/spacelift",
].map((path) => ({
  path,
  method: "POST",
  credentials: [token, ["x-hub-signature-256", `sha256=${hexDigest}`], ["x-signature-256", `sha256=${hexDigest}`]],
  carriesCode: false,
}));

export interface Attack {
  readonly text: string;
  readonly place: Place;
  readonly door: Door;
  readonly pathPrefix: string;
  /** Those of the door, or none as a stranger sends it. */
  readonly credentials: "shaped" | "none";
}

/** A request with the string in one place, encoded as a client must to be understood:
 *
 * - query and path: UTF-8, percent-encoded; in the path as a further segment, so that a slash in it is encoded too;
 * - cookie: the same, since a value holds no space, comma, semicolon, quote or backslash (RFC 6265, 4.1.1);
 * - header: the UTF-8 bytes, less control characters but the tab and white space at the ends (RFC 9110, 5.5);
 * - body: the UTF-8 bytes as they are.
 */
export function hostileRequest({ text, place, door, pathPrefix, credentials }: Attack): WafRequest {
  const encoded = encodeURIComponent(text);
  const bytes = Buffer.from(place === "body" ? text : "", "utf8");
  const extra: Partial<Record<Place, Header>> = {
    header: ["referer", fieldValue(text)],
    cookie: ["cookie", `session=${encoded}`],
    body: ["content-type", "text/plain; charset=utf-8"],
  };
  const added = extra[place];
  return {
    method: place === "body" ? "POST" : door.method,
    path: `${pathPrefix}${door.path}${place === "path" ? `/${encoded}` : ""}`,
    query: place === "query" ? `q=${encoded}` : "",
    headers: [
      ["host", "api.example.com"],
      ["user-agent", "Mozilla/5.0 (X11; Linux x86_64)"],
      ...(credentials === "shaped" ? door.credentials : []),
      ...(added ? [added] : []),
    ],
    body: { bytes: bytes.byteLength, content: bytes.toString("latin1") },
    sourceIp: "198.51.100.7",
    country: "US",
  };
}

/** One character a byte, as HTTP libraries take it. */
function fieldValue(text: string): string {
  const bytes = Buffer.from(text, "utf8").filter((byte) => byte === 9 || (byte >= 32 && byte !== 127));
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/^[ \t]+|[ \t]+$/g, "");
}
