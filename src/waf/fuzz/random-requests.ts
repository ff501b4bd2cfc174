import type { Dice } from "../../dice";
import { routes } from "../../limits/routes";
import { type ManagedComponent, managedRules } from "../managed-facts";
import type { Acl } from "../read-acl";
import type { WafRequest } from "../request";
import { bodySizes, methods, nearMiss, randomSignature, randomTokens, wrongSignature, wrongTokens } from "./parts";
import { senders } from "./senders";

/** A firewall and what it was configured with. */
export interface FuzzTarget {
  readonly acl: Acl;
  /** What stands before the path of a route; empty behind a custom domain. */
  readonly pathPrefix: string;
  /** ISO 3166 codes. */
  readonly blockedCountries: readonly string[];
}

/** A request, and the managed rules whose patterns are taken to match it, as `<our rule>/<AWS rule>`. */
export interface RandomRequest {
  readonly request: WafRequest;
  readonly signatureHits: readonly string[];
}

/** What is not left to chance; a request with `sound` has no fault in it. */
export interface Fixed {
  readonly sourceIp?: string;
  readonly token?: string;
  readonly routes?: readonly FuzzRoute[];
  readonly sound?: true;
}

export type FuzzRoute = (typeof routes)[number];
type Header = readonly [name: string, value: string];

/** Makes requests of all shapes: valid ones, and ones that miss in a place or two. */
export class RandomRequests {
  private readonly tokens: readonly string[];
  private readonly hits = new Map<ManagedComponent, string[]>();

  constructor(
    private readonly dice: Dice,
    private readonly target: FuzzTarget,
  ) {
    this.tokens = randomTokens(dice, 200);
    for (const { hit, component, computed } of managedRules(target.acl)) {
      if (!computed) this.hits.set(component, [...(this.hits.get(component) ?? []), hit]);
    }
  }

  next(fixed: Fixed = {}): RandomRequest {
    const { dice, target } = this;
    const missing = (share: number) => fixed.sound === undefined && dice.chance(share);
    const route = dice.pick(fixed.routes ?? routes);
    const right = `${target.pathPrefix}${route.path.replace("{id}", `${dice.below(1000)}`)}`;
    const bytes = route.method === "POST" || missing(0.1) ? dice.pick(bodySizes) : 0;
    // A dash stands for an address of no known country.
    const country = missing(0.04) ? dice.pick(target.blockedCountries) : dice.pick(["US", "DE", "IE", "JP", "BR", "-"]);
    const request: WafRequest = {
      method: missing(0.05) ? dice.pick(methods) : route.method,
      path: missing(0.2) ? nearMiss(dice, right) : right,
      query: missing(0.15) ? dice.pick(["page=2", "q=a%20b", "x".repeat(2048), "x".repeat(2049)]) : "",
      headers: this.headers(route, fixed, missing),
      body: { bytes },
      sourceIp: fixed.sourceIp ?? this.sender(route),
      ...(country === "-" ? {} : { country }),
    };
    return { request, signatureHits: this.signatureHits(bytes, missing) };
  }

  private sender({ protection }: FuzzRoute): string {
    const { dice } = this;
    const kind = dice.fraction();
    if (kind < 0.02) return dice.pick(senders.denied);
    if (kind < 0.1) return dice.pick(senders.trusted);
    return dice.pick(protection === "signature" && kind < 0.8 ? senders.github : senders.others);
  }

  private headers({ path, protection }: FuzzRoute, { token }: Fixed, missing: (share: number) => boolean): Header[] {
    const { dice } = this;
    const headers: Header[] = [];
    if (!missing(0.02)) headers.push([dice.pick(["User-Agent", "user-agent"]), missing(0.02) ? "" : "client/1.0"]);
    if (protection === "authorizer" ? !missing(0.03) : dice.chance(0.05)) {
      const right = token ?? dice.pick(this.tokens);
      headers.push([dice.pick(["Authorization", "authorization"]), missing(0.05) ? dice.pick(wrongTokens) : right]);
    }
    if (protection === "signature" && !missing(0.03)) {
      const name = path === "/webhooks/github" ? "X-Hub-Signature-256" : "X-Signature-256";
      headers.push([dice.chance(0.5) ? name : name.toLowerCase(), this.signature(missing)]);
    }
    if (missing(0.05)) headers.push(["Cookie", `a=${"b".repeat(dice.pick([10, 10_238, 10_239]))}`]);
    if (missing(0.05)) headers.push(["X-Other", dice.text(20, "abc <>'\"${}")]);
    return headers;
  }

  private signature(missing: (share: number) => boolean): string {
    return missing(0.05) ? wrongSignature(this.dice) : randomSignature(this.dice);
  }

  /** Code under review looks like an attack, so bodies match often; a sound request matches nowhere else. */
  private signatureHits(bytes: number, missing: (share: number) => boolean): string[] {
    const { dice } = this;
    const of = (component: ManagedComponent) => this.hits.get(component) ?? [];
    const hits = bytes > 0 && dice.chance(0.5) ? of("body").filter(() => dice.chance(0.3)) : [];
    for (const component of ["header", "cookie", "path", "query"] as const) {
      if (missing(0.01)) hits.push(dice.pick(of(component)));
    }
    if (missing(0.05)) hits.push(dice.pick(of("address")));
    return hits;
  }
}
