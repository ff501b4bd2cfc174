import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { ConfigError } from "../../config/load";
import { blocks } from "../../terraform/blocks";
import type { Resource } from "../../terraform/estate";
import { required, theText } from "../known";
import type { Asking } from "./call";
import { capacityFindings, liveScope } from "./capacity";

import { groupFindings, type UsedGroup, usedGroups } from "./groups";

export interface LiveComparison {
  /** What AWS was asked about. */
  readonly looked: string;
  /** A sentence a difference: what AWS says, what is written here, where to change it. */
  readonly findings: readonly string[];
}

/** A client of one region, with the caller's own credentials. */
export type ClientOf = (region: string) => Asking["client"];

/** Compares capacities and managed groups of web ACLs with what AWS answers; reads only, changes nothing in AWS.
 *
 * Throws `ConfigError` where AWS could not be asked, and where there is nothing to ask about: neither is agreement.
 */
export async function liveDifferences(
  acls: readonly Resource[],
  clientOf: ClientOf = (region) => new WAFV2Client({ region }),
): Promise<LiveComparison> {
  if (acls.length === 0) throw new ConfigError(["There is no web ACL to compare; this environment has no firewall."]);
  const [looked, findings]: [string[], string[]] = [[], []];
  for (const acl of acls) {
    const region = regionOf(acl);
    const asking = { client: clientOf(region), region };
    const groups = distinct(usedGroups(acl));
    looked.push(
      `${theText(acl, "name")} (${liveScope(acl)}, ${region}) with ${blocks(acl, "rule").length} rules and ${groups.length} managed groups`,
    );
    findings.push(...(await capacityFindings(acl, asking)));
    for (const group of groups) findings.push(...(await groupFindings(acl, group, asking)));
  }
  return { looked: looked.join("; "), findings };
}

/** AWS answers for CloudFront in us-east-1 only. */
const regionOf = (acl: Resource) =>
  liveScope(acl) === "CLOUDFRONT" ? "us-east-1" : required(acl.region, acl, "the region of its provider");

const distinct = (groups: readonly UsedGroup[]) =>
  groups.filter(
    ({ group, version }, index) =>
      groups.findIndex((each) => each.group === group && each.version === version) === index,
  );
