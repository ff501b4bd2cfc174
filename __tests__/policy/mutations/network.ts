import type { Mutation } from "./mutation";
import { changeStatement } from "./stack-changes";

const outgoing = ["aws_vpc_security_group_egress_rule", "network/groups/functions-to-endpoints"] as const;
const incoming = ["aws_vpc_security_group_ingress_rule", "network/groups/endpoints-from-functions"] as const;
const answers = ["aws_network_acl_rule", "network/acls/private-in-210"] as const;
const endpoint = ["aws_vpc_endpoint", "network/bedrock-endpoint"] as const;
const anywhere = "0.0.0.0/0";

export const networkMutations: readonly Mutation[] = [
  {
    rule: "NET-01",
    what: "the endpoints take calls from anywhere",
    change({ at }) {
      const rule = at(...incoming);
      delete rule.referenced_security_group_id;
      rule.cidr_ipv4 = anywhere;
    },
  },
  {
    rule: "NET-01",
    what: "a rule of the older type lets the whole of IPv6 in",
    change({ add }) {
      const range = { from_port: 443, to_port: 443, protocol: "tcp", ipv6_cidr_blocks: ["::/0"] };
      const security_group_id = "${aws_security_group.other.id}";
      add("network", "aws_security_group_rule", { type: "ingress", description: "TLS", security_group_id, ...range });
    },
  },
  {
    rule: "NET-02",
    what: "functions may speak every protocol to the endpoints",
    change({ at }) {
      const rule = at(...outgoing);
      rule.ip_protocol = "-1";
      delete rule.from_port;
      delete rule.to_port;
    },
  },
  {
    rule: "NET-02",
    what: "functions may use every port of the endpoints",
    change({ at }) {
      Object.assign(at(...outgoing), { from_port: 0, to_port: 65535 });
    },
  },
  {
    rule: "NET-03",
    what: "functions may call anywhere",
    change({ at }) {
      const rule = at(...outgoing);
      delete rule.referenced_security_group_id;
      rule.cidr_ipv4 = anywhere;
    },
  },
  {
    rule: "NET-04",
    what: "a rule does not say what it is for",
    change({ at }) {
      delete at(...outgoing).description;
    },
  },
  {
    rule: "NET-04",
    what: "a group says what Terraform says",
    change({ at }) {
      at("aws_security_group", "network/groups/functions").description = "Managed by Terraform";
    },
  },
  {
    rule: "NET-05",
    what: "a group is used by nothing",
    change({ add }) {
      add("network", "aws_security_group", { description: "Left over", vpc_id: "${aws_vpc.vpc.id}" });
    },
  },
  {
    rule: "NET-06",
    what: "the default group lets its members talk",
    change({ at }) {
      const ingress = { from_port: 443, to_port: 443, protocol: "tcp", self: true, description: "TLS" };
      at("aws_default_security_group", "network/vpc/default-group").ingress = [ingress];
    },
  },
  {
    rule: "NET-06",
    what: "the default group stays as AWS makes it",
    change({ remove }) {
      remove("aws_default_security_group", "network/vpc/default-group");
    },
  },
  {
    rule: "NET-07",
    what: "the flow log records what was turned away only",
    change({ at }) {
      at("aws_flow_log", "network/flow-logs").traffic_type = "REJECT";
    },
  },
  {
    rule: "NET-07",
    what: "there is no flow log",
    change({ remove }) {
      remove("aws_flow_log", "network/flow-logs");
    },
  },
  {
    rule: "NET-08",
    what: "a subnet gives public addresses",
    change({ at }) {
      at("aws_subnet", "network/vpc/private-a").map_public_ip_on_launch = true;
    },
  },
  {
    rule: "NET-09",
    what: "an ACL lets every protocol in",
    change({ at }) {
      at("aws_network_acl_rule", "network/acls/private-in-100").protocol = "-1";
    },
  },
  {
    rule: "NET-09",
    what: "an ACL lets every protocol out",
    change({ at }) {
      at("aws_network_acl_rule", "network/acls/private-out-100").protocol = "all";
    },
  },
  {
    rule: "NET-10",
    what: "an ACL lets remote desktop in",
    change({ at }) {
      at(...answers).from_port = 3389;
    },
  },
  {
    rule: "NET-10",
    what: "an ACL lets every port in",
    change({ at }) {
      at(...answers).from_port = 0;
    },
  },
  {
    rule: "NET-11",
    what: "an endpoint has the policy that AWS writes",
    change({ at }) {
      delete at(...endpoint).policy;
    },
  },
  {
    rule: "NET-11",
    what: "an endpoint serves every account and every action",
    change({ at }) {
      changeStatement(at(...endpoint), "policy", "OwnAccountOwnResources", (statement) => {
        statement.Action = "bedrock:*";
        delete statement.Condition;
      });
    },
  },
  {
    rule: "NET-11",
    what: "an endpoint has no name in the network",
    change({ at }) {
      at(...endpoint).private_dns_enabled = false;
    },
  },
];
