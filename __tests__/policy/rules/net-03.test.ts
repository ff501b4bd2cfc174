import { net03 } from "../../../src/policy/rules/net-03-outgoing-traffic-has-a-destination";
import { found } from "../fragment";
import { everywhere, inEveryForm, nowhere, type WrittenRule } from "../group-rule-forms";

const https: WrittenRule = { direction: "egress", protocol: "tcp", from: 443, to: 443 };

describe("NET-03", () => {
  it.each<[string, WrittenRule]>([
    ["in the VPC", { ...https, range: "10.20.0.0/16" }],
    ["somewhere that somebody else says", { ...https, range: "${var.range}" }],
    ["by every port, which NET-02 finds", { ...https, from: 0, to: 65535, range: "0.0.0.0/0" }],
    ["by every protocol, which NET-02 finds", { direction: "egress", protocol: "-1", range: "0.0.0.0/0" }],
    ["in, which NET-01 finds", { ...https, direction: "ingress", range: "0.0.0.0/0" }],
  ])("lets traffic go %s, in every form", (_, rule) => {
    expect(inEveryForm(net03, rule)).toEqual(nowhere);
  });

  it.each(["0.0.0.0/0", "::/0"])("finds that a rule lets one port out to %s, in every form", (range) => {
    expect(inEveryForm(net03, { ...https, range })).toEqual(everywhere("egress", `lets tcp 443 out to ${range}.`));
    expect(inEveryForm(net03, { ...https, from: 1024, to: 65535, range })).toEqual(
      everywhere("egress", `lets tcp 1024-65535 out to ${range}.`),
    );
  });

  it("finds that a prefix list of the estate holds the internet", () => {
    const list = (cidr: string) =>
      found(net03, {
        aws_ec2_managed_prefix_list: { github: { entry: [{ cidr: "140.82.112.0/20" }, { cidr }] } },
        aws_vpc_security_group_egress_rule: {
          rule: {
            ...{ ip_protocol: "tcp", from_port: 443, to_port: 443 },
            prefix_list_id: "${aws_ec2_managed_prefix_list.github.id}",
          },
        },
      });

    expect(list("192.30.252.0/22")).toEqual([]);
    expect(list("128.0.0.0/1")).toEqual(["aws_vpc_security_group_egress_rule.rule lets tcp 443 out to 128.0.0.0/1."]);
  });

  it("lets a prefix list and a group be the destination", () => {
    const rule = { ip_protocol: "tcp", from_port: 443, to_port: 443 };
    expect(
      found(net03, {
        aws_vpc_security_group_egress_rule: {
          list: { ...rule, prefix_list_id: "${aws_vpc_endpoint.s3.prefix_list_id}" },
          group: { ...rule, referenced_security_group_id: "${aws_security_group.endpoints.id}" },
        },
      }),
    ).toEqual([]);
  });
});
