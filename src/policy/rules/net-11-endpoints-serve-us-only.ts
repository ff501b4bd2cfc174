import type { Resource } from "../../terraform/estate";
import { isOn } from "../flags";
import type { Look } from "../look";
import { isOpenAllow, policyOf, textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";

export const net11: SecurityRule = {
  id: "NET-11",
  scope: "resource",
  demand:
    "Each endpoint has a policy that does not open a whole service to everybody; an interface also private DNS and a group.",
  why: "An endpoint without policy lets whoever runs in the network use the service with somebody else's account.",
  covers: [],
  *check(look) {
    const separate = look.resources("aws_vpc_endpoint_policy");
    for (const at of [...look.resources("aws_vpc_endpoint"), ...separate]) {
      if (!opensService(at)) continue;
      yield {
        at,
        message: "has a policy that opens a whole service to everybody.",
        fix: "Write the actions out, and hold the statement to this account by a condition on aws:PrincipalAccount.",
      };
    }
    for (const endpoint of look.resources("aws_vpc_endpoint")) {
      const kind = look.text(endpoint, "vpc_endpoint_type") ?? "Gateway";
      if (!hasPolicy(look, endpoint) && policyKinds.includes(kind)) {
        yield {
          at: endpoint,
          message: "has no policy.",
          fix: "Write one in policy: our account, the actions and the resources that are called through it.",
        };
      }
      if (kind !== "Interface") continue;
      if (!hasPrivateDns(look, endpoint)) {
        yield { at: endpoint, message: "has no private DNS.", fix: "Set private_dns_enabled to true." };
      }
      if (!hasGroup(look, endpoint)) {
        yield { at: endpoint, message: "has no security group.", fix: "Name its group in security_group_ids." };
      }
    }
  },
};

/** Endpoints of load balancers and of lattices take none. */
const policyKinds = ["Gateway", "Interface"];

/** All actions, or all of one service. */
const whole = /^(\*+|[^:]+:\*+)$/;

const opensService = (at: Resource): boolean =>
  policyOf(at, "policy").statements.some(
    (statement) =>
      isOpenAllow(statement) &&
      (statement.notActions.length > 0 || textsOf(statement.actions).some((action) => whole.test(action))),
  );

const hasPolicy = (look: Look, endpoint: Resource): boolean =>
  look.isSet(endpoint, "policy") ||
  look.linked(endpoint, "aws_vpc_endpoint_policy", "vpc_endpoint_id").some((policy) => look.isSet(policy, "policy"));

const hasPrivateDns = (look: Look, endpoint: Resource): boolean =>
  isOn(look, endpoint, "private_dns_enabled") ||
  look
    .linked(endpoint, "aws_vpc_endpoint_private_dns", "vpc_endpoint_id")
    .some((dns) => isOn(look, dns, "private_dns_enabled"));

const hasGroup = (look: Look, endpoint: Resource): boolean =>
  look.isSet(endpoint, "security_group_ids") ||
  look.linked(endpoint, "aws_vpc_endpoint_security_group_association", "vpc_endpoint_id").length > 0;
