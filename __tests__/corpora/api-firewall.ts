import staging from "../../environments/staging";
import type { Estate } from "../../src/terraform/estate";
import { type Acl, readAcls } from "../../src/waf/read-acl";
import { example } from "../support/examples";
import { otherwise } from "../support/otherwise";

export interface PublishedApi {
  readonly firewall: Acl;
  /** What stands before the path of a route. */
  readonly pathPrefix: string;
}

/** At the host that AWS gives to an API, a path begins with the stage; behind a domain of its own it does not. */
const pathPrefixes = { production: "", staging: "", brownfield: "/live", local: "/live" } as const;

/** The API of an example environment with its firewall, read from the synthesized JSON. */
export const publishedApi = (environment: keyof typeof pathPrefixes): PublishedApi => ({
  firewall: regionalAcl(example(environment).estate),
  pathPrefix: pathPrefixes[environment],
});

/** That of staging while its firewall is rolled out, and only counts. */
export function countingApi(): PublishedApi {
  const { synthesis } = otherwise({ waf: { rollout: "count", rolloutEnds: "2026-12-24" } }, staging);
  return { firewall: regionalAcl(synthesis.estate), pathPrefix: pathPrefixes.staging };
}

function regionalAcl(estate: Estate): Acl {
  const [firewall, ...others] = readAcls(estate).filter(({ scope }) => scope === "REGIONAL");
  if (!firewall || others.length > 0) throw new Error("the environment must have one regional web ACL");
  return firewall;
}
