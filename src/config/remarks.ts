import type { Config } from "./schema";

/** What is allowed but weaker than it could be, for a person to know and accept. */
export function remarks({ evidence, network, tier, recovery, waf }: Config): string[] {
  const found: string[] = [];
  if (tier === "production" && evidence.acceptIrrevocable === undefined) {
    found.push(
      `evidence is under a governance lock: the break-glass role can delete it before its ${evidence.retentionDays} days end; evidence.acceptIrrevocable makes the lock final`,
    );
  }
  if (tier === "production" && recovery.lock.mode === "governance") {
    found.push(
      "backups are under a governance lock: the break-glass role can delete them early; recovery.lock makes the lock final",
    );
  }
  if (waf.anonymousIp === "off") {
    found.push(
      "waf.anonymousIp is off: the API's firewall does not know VPNs, proxies and Tor, and checkov reports CKV2_AWS_77, which wants AWS's list named; count names it and stops nobody",
    );
  }
  if (network.egress === "prefix-lists") {
    found.push(
      "network.egress is prefix-lists: the probe does not ask the identity provider for its keys, as providers publish no addresses that a group could name",
    );
  }
  return found;
}
