import { z } from "zod";
import type { Estate } from "../../terraform/estate";
import { type Acl, readAcls } from "../../waf/read-acl";
import { firewallEstate } from "./firewall-alone";

/** What a file of cases may say about the firewall they are for. */
export const FirewallConfig = z.strictObject({
  account: z.string(),
  webAclName: z.string(),
  denyV4: z.array(z.string()),
  denyV6: z.array(z.string()),
  allowV4: z.array(z.string()),
  allowV6: z.array(z.string()),
  githubV4: z.array(z.string()),
  githubV6: z.array(z.string()),
  blockedCountries: z.array(z.string()),
  githubSource: z.enum(["count", "block"]),
  anonymousIp: z.enum(["off", "count", "rate"]),
  rollout: z.enum(["count", "enforce"]),
});

const acls = new Map<string, Acl>();

/** The JSON of the API's firewall with a configuration. */
export function configuredEstate(config: z.infer<typeof FirewallConfig>): Estate {
  const { account: accountId, denyV4, denyV6, allowV4, allowV6, githubV4, githubV6, ...settings } = config;
  return firewallEstate({
    ...settings,
    accountId,
    deniedCidrs: [...denyV4, ...denyV6],
    allowedCidrs: [...allowV4, ...allowV6],
    githubCidrs: [...githubV4, ...githubV6],
  });
}

/** The API's firewall, synthesized with a configuration and read back. */
export function configuredAcl(config: z.infer<typeof FirewallConfig>): Acl {
  const key = JSON.stringify(config);
  const known = acls.get(key);
  if (known) return known;
  const [acl] = readAcls(configuredEstate(config));
  if (!acl) throw new Error("The firewall was not synthesized.");
  acls.set(key, acl);
  return acl;
}
