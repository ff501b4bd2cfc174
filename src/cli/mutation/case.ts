import type { z } from "zod";
import type { RequestCase } from "../waf/cases";

/** A case as the vectors write it, with what AWS WAF must decide. */
export interface WafCase extends z.input<typeof RequestCase> {
  readonly why: string;
  /** The rule it is most likely to tell a change of, where the verdict does not name it. */
  readonly about?: string;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly verdict: "allow" | "block";
  readonly rule: string | null;
  readonly status: number | null;
  readonly counted: readonly string[];
  readonly labels: readonly string[];
  readonly managedRule?: string;
}

type RequestInput = WafCase["request"];
type More = Omit<Partial<RequestInput>, "headers"> & { readonly headers?: Record<string, string> };

const digest = "0123456789abcdef".repeat(4);
export const signature = `sha256=${digest}`;
const agent = { "User-Agent": "product-client/1.0" };
export const bearer = { Authorization: "Bearer aaaa.bbbb.cccc" };

/** Who sends, by the sets that the file of vectors configures. */
export const sources = {
  anyone: "203.0.113.10",
  anyoneElse: ["198.51.100.201", "198.51.100.202"],
  trusted: "192.0.2.5",
  trustedV6: "2001:db8:a110::5",
  github: "192.30.252.41",
  githubV6: "2606:50c0::41",
  denied: "198.51.100.77",
  deniedV6: "2001:db8:dead::77",
} as const;

/** A request of a client with a token; `headers` are added, the user agent stays. */
export function call(method: string, path: string, { headers = bearer, ...more }: More = {}): RequestInput {
  const sent = { sourceIp: sources.anyone, country: "DE", ...more };
  return { method, path, headers: { ...agent, ...headers }, body: { bytes: 0 }, ...sent };
}

/** A delivery with both signatures, so that it is the path alone that decides which is asked for. */
export function delivery(path: string, { headers = {}, ...more }: More = {}): RequestInput {
  const signatures = { "X-Hub-Signature-256": signature, "X-Signature-256": signature };
  const sent = { body: { bytes: 3000 }, sourceIp: sources.github, country: "US", ...more };
  return { method: "POST", path, headers: { ...agent, ...signatures, ...headers }, ...sent };
}

/** `counted` and `labels` where it was not silent. */
export const passes = (more: Partial<Expectation> = {}): Expectation => ({
  ...{ verdict: "allow", rule: null, status: null, counted: [], labels: [] },
  ...more,
});

export const stops = (rule: string, status: number, more: Partial<Expectation> = {}): Expectation => ({
  ...{ verdict: "block", rule, status, counted: [], labels: [] },
  ...more,
});

/** What a trusted source leaves behind. */
export const trusted = {
  counted: ["ip-allow-label"],
  labels: ["awswaf:111122223333:webacl:service-api:trusted-source"],
} as const;
