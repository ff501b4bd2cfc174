import { judge } from "../../../src/policy/judge";
import { net05 } from "../../../src/policy/rules/net-05-groups-and-acls-are-in-use";
import { estateOf, stackFacts } from "../../../src/terraform/estate";
import { type Fragment, found } from "../fragment";

const group = "${aws_security_group.group.id}";
const withGroup = (users: Fragment) => found(net05, { aws_security_group: { group: {} }, ...users });

describe("NET-05", () => {
  it.each<[string, Fragment]>([
    ["a function", { aws_lambda_function: { f: { vpc_config: { security_group_ids: [group] } } } }],
    [
      "a function, in a list",
      { aws_lambda_function: { f: { vpc_config: [{ security_group_ids: ["sg-0", group] }] } } },
    ],
    ["an endpoint", { aws_vpc_endpoint: { e: { security_group_ids: [group] } } }],
    ["an endpoint by itself", { aws_vpc_endpoint_security_group_association: { e: { security_group_id: group } } }],
    ["an interface", { aws_network_interface: { i: { security_groups: [group] } } }],
    ["an interface by itself", { aws_network_interface_sg_attachment: { i: { security_group_id: group } } }],
  ])("lets a group be used by %s", (_, users) => {
    expect(withGroup(users)).toEqual([]);
  });

  it("follows a group into another stack", () => {
    const network = {
      resource: { aws_security_group: { group: {} } },
      output: { group: { value: group } },
    };
    const id = "${data.terraform_remote_state.cross-stack-reference-input-network.outputs.group}";
    const service = { resource: { aws_lambda_function: { f: { vpc_config: { security_group_ids: [id] } } } } };
    const facts = [stackFacts("network", network), stackFacts("service", service)];
    expect(judge([net05], estateOf(facts), "estate")).toEqual([]);
  });

  it("finds a group that only rules and other groups name", () => {
    expect(
      withGroup({
        aws_vpc_security_group_ingress_rule: { r: { security_group_id: group, referenced_security_group_id: group } },
        aws_vpc_security_group_egress_rule: { r: { security_group_id: group } },
      }),
    ).toEqual(["aws_security_group.group is used by no function, endpoint or interface."]);
  });

  it("asks an ACL for subnets, inline or by association", () => {
    const acl = (attributes: object, more: Fragment = {}) =>
      found(net05, { aws_network_acl: { acl: { vpc_id: "vpc-0", ...attributes } }, ...more });
    const network_acl_id = "${aws_network_acl.acl.id}";
    expect(acl({ subnet_ids: ["${aws_subnet.a.id}"] })).toEqual([]);
    expect(acl({}, { aws_network_acl_association: { a: { network_acl_id, subnet_id: "subnet-0" } } })).toEqual([]);
    expect(acl({ subnet_ids: [] })).toEqual(["aws_network_acl.acl has no subnet."]);
    expect(acl({}, { aws_network_acl_rule: { a: { network_acl_id } } })).toHaveLength(1);
  });
});
