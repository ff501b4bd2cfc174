import { type Acl, readAcls } from "../../src/waf/read-acl";
import { example } from "../support/examples";

export interface PublishedApi {
  readonly firewall: Acl;
  /** What stands before the path of a route. */
  readonly pathPrefix: string;
}

/** At the host that AWS gives to an API, a path begins with the stage; behind a domain of its own it does not. */
const pathPrefixes = { production: "", staging: "", brownfield: "/live", local: "/live" } as const;

/** The API of an example environment with its firewall, read from the synthesized JSON. */
export function publishedApi(environment: keyof typeof pathPrefixes): PublishedApi {
  const [firewall, ...others] = readAcls(example(environment).estate).filter(({ scope }) => scope === "REGIONAL");
  if (!firewall || others.length > 0) throw new Error(`${environment} must have one regional web ACL`);
  return { firewall, pathPrefix: pathPrefixes[environment] };
}
