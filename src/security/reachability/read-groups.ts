import { blocks, text, value } from "../../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../../terraform/estate";
import { describe } from "../../terraform/resolve";
import { UnreadableError } from "../../terraform/unreadable";
import { cidrRange } from "./addresses";
import type { Direction, GroupRule, Peer } from "./network";
import { referred } from "./references";
import { trafficOf } from "./traffic";

export const groupTypes = ["aws_security_group", "aws_default_security_group"] as const;

/** The rules of all groups. A group without a rule for a direction lets nothing through that way. */
export function readGroupRules(estate: Estate): GroupRule[] {
  return (["ingress", "egress"] as const).flatMap((direction: Direction) =>
    managedResources(estate, `aws_vpc_security_group_${direction}_rule`).map((at) => ({
      at,
      direction,
      group: referred(at, "security_group_id", ...groupTypes),
      traffic: trafficOf(at, "ip_protocol"),
      peers: peersOf(at),
    })),
  );
}

function peersOf(rule: Resource): Peer[] {
  const given = ["cidr_ipv4", "prefix_list_id", "referenced_security_group_id"].filter(
    (name) => value(rule, name) !== undefined,
  );
  if (given.length !== 1)
    throw new UnreadableError(rule.address, `it names ${given.length} peers, where one is wanted`);
  if (given[0] === "referenced_security_group_id") {
    return [{ kind: "group", group: referred(rule, "referenced_security_group_id", ...groupTypes) }];
  }
  if (given[0] === "prefix_list_id") return listPeers(rule);
  return [{ kind: "range", range: cidrRange(text(rule, "cidr_ipv4") ?? "", rule.address) }];
}

/** AWS's own list is known by its endpoint alone; of a list of ours the entries are written out. */
function listPeers(rule: Resource): Peer[] {
  const list = value(rule, "prefix_list_id");
  if (list?.kind === "reference") {
    const { resource, attribute } = list;
    if (resource.type === "aws_vpc_endpoint" && attribute === "prefix_list_id") {
      return [{ kind: "list", endpoint: resource }];
    }
    if (resource.type === "aws_ec2_managed_prefix_list" && attribute === "id") {
      return blocks(resource, "entry").map((entry) => ({
        kind: "range",
        range: cidrRange(text(entry, "cidr") ?? "", entry.address),
      }));
    }
  }
  throw new UnreadableError(
    `${rule.address}.prefix_list_id`,
    `the list of a gateway endpoint, or one of this estate, is wanted, not ${list ? describe(list) : "nothing"}`,
  );
}
