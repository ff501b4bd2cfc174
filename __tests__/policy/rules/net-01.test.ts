import { net01 } from "../../../src/policy/rules/net-01-nothing-comes-in-from-anywhere";
import { found } from "../fragment";
import { everywhere, inEveryForm, nowhere, type WrittenRule } from "../group-rule-forms";

const https: WrittenRule = { direction: "ingress", protocol: "tcp", from: 443, to: 443 };

describe("NET-01", () => {
  it.each(["10.20.0.0/16", "10.0.0.0/8", "fd00::/8", "${aws_vpc.main.cidr_block}", "${var.range}"])(
    "lets %s in, in every form",
    (range) => {
      expect(inEveryForm(net01, { ...https, range })).toEqual(nowhere);
    },
  );

  it.each(["0.0.0.0/0", "::/0", "0:0:0:0:0:0:0:0/0", "0.0.0.0/1", "128.0.0.0/1"])(
    "finds that a rule lets %s in, in every form",
    (range) => {
      const message = `lets tcp 443 in from ${range}.`;
      expect(inEveryForm(net01, { ...https, range })).toEqual(everywhere("ingress", message));
    },
  );

  it("finds every port and protocol, and judges nothing that goes out", () => {
    expect(inEveryForm(net01, { direction: "ingress", protocol: -1, range: "0.0.0.0/0" })).toEqual(
      everywhere("ingress", "lets all protocols in from 0.0.0.0/0."),
    );
    expect(inEveryForm(net01, { ...https, direction: "egress", range: "0.0.0.0/0" })).toEqual(nowhere);
  });

  it("finds an open range among others and in a prefix list", () => {
    const ingress = { protocol: "tcp", from_port: 443, to_port: 443 };
    const cidr_blocks = ["10.20.0.0/16", "0.0.0.0/0"];
    expect(found(net01, { aws_security_group: { group: { ingress: { ...ingress, cidr_blocks } } } })).toHaveLength(1);
    const list = (cidr: string) =>
      found(net01, {
        aws_ec2_managed_prefix_list: { github: { entry: [{ cidr }] } },
        aws_vpc_security_group_ingress_rule: {
          rule: { ip_protocol: "tcp", prefix_list_id: "${aws_ec2_managed_prefix_list.github.id}" },
        },
      });
    expect(list("140.82.112.0/20")).toEqual([]);
    expect(list("0.0.0.0/0")).toEqual(["aws_vpc_security_group_ingress_rule.rule lets tcp in from 0.0.0.0/0."]);
  });
});
