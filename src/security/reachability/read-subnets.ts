import { flag, number, text, value } from "../../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { cidrRange } from "./addresses";
import type { Acl, Route, Subnet } from "./network";
import { onlyOne, referred } from "./references";
import { trafficOf } from "./traffic";

/** Every subnet with its network ACL and its routes.
 *
 * Throws where it has no ACL or table of its own: the VPC's defaults are not in the JSON.
 */
export function readSubnets(estate: Estate): Subnet[] {
  const acls = managedResources(estate, "aws_network_acl").map((at) => readAcl(at, estate));
  const routes = managedResources(estate, "aws_route").map((at) => ({
    table: referred(at, "route_table_id", "aws_route_table"),
    route: readRoute(at),
  }));
  return managedResources(estate, "aws_subnet").map((at) => {
    const partner = (type: string, attribute: string, partnerType: string) =>
      onlyOne(
        managedResources(estate, type)
          .filter((association) => referred(association, "subnet_id", "aws_subnet") === at)
          .map((association) => referred(association, attribute, partnerType)),
        at.address,
        `${type}s`,
      );
    const table = partner("aws_route_table_association", "route_table_id", "aws_route_table");
    const ownAcl = partner("aws_network_acl_association", "network_acl_id", "aws_network_acl");
    return {
      at,
      table,
      vpc: referred(at, "vpc_id", "aws_vpc"),
      range: cidrRange(text(at, "cidr_block") ?? "", at.address),
      acl: onlyOne(
        acls.filter(({ at: acl }) => acl === ownAcl),
        at.address,
        "network ACLs",
      ),
      routes: routes.filter((each) => each.table === table).map(({ route }) => route),
    };
  });
}

function readRoute(at: Resource): Route {
  const attribute = value(at, "nat_gateway_id") ? "nat_gateway_id" : "gateway_id";
  return {
    at,
    range: cidrRange(text(at, "destination_cidr_block") ?? "", at.address),
    target: referred(at, attribute, attribute === "gateway_id" ? "aws_internet_gateway" : "aws_nat_gateway"),
  };
}

function readAcl(at: Resource, estate: Estate): Acl {
  const rules = managedResources(estate, "aws_network_acl_rule").filter(
    (rule) => referred(rule, "network_acl_id", "aws_network_acl") === at,
  );
  return {
    at,
    rules: rules
      .map((rule) => ({
        at: rule,
        direction: flag(rule, "egress") ? ("egress" as const) : ("ingress" as const),
        number: ruleNumber(rule),
        allows: allows(rule),
        traffic: trafficOf(rule, "protocol"),
        range: cidrRange(text(rule, "cidr_block") ?? "", rule.address),
      }))
      .sort((left, right) => left.number - right.number),
  };
}

function ruleNumber(rule: Resource): number {
  const found = number(rule, "rule_number");
  if (found === undefined) throw new UnreadableError(rule.address, "it has no rule_number");
  return found;
}

function allows(rule: Resource): boolean {
  const action = text(rule, "rule_action")?.toLowerCase();
  if (action === "allow" || action === "deny") return action === "allow";
  throw new UnreadableError(rule.address, `its rule_action is ${action}, where allow or deny is wanted`);
}
