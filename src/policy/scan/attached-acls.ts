import { type Json, type JsonObject, mapResources } from "../../terraform/json";

/** Writes into each network ACL the subnets that association resources attach it to.
 *
 * To AWS both are the same; checkov (CKV2_AWS_1) knows `subnet_ids` alone.
 */
export function withAttachedSubnets(json: JsonObject): JsonObject {
  const subnets = new Map<string, Json[]>();
  mapResources(json, (body, type) => {
    const acl = type === "aws_network_acl_association" && aclIn(body.network_acl_id);
    if (acl && body.subnet_id !== undefined) subnets.set(acl, [...(subnets.get(acl) ?? []), body.subnet_id]);
    return body;
  });
  return mapResources(json, (body, _type, address) => {
    const attached = subnets.get(address);
    return attached === undefined ? body : { ...body, subnet_ids: [...listOf(body.subnet_ids), ...attached] };
  });
}

const aclIn = (written: Json | undefined): string | undefined =>
  typeof written === "string" ? /^\$\{(aws_network_acl\.[\w-]+)\.id\}$/.exec(written)?.[1] : undefined;

const listOf = (written: Json | undefined): Json[] => (Array.isArray(written) ? written : []);
