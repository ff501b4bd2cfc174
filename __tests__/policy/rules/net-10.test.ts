import { net10 } from "../../../src/policy/rules/net-10-acls-keep-administration-out";
import { aclInEveryForm, everyAcl, noAcl, type WrittenAclRule } from "../acl-rule-forms";
import { found } from "../fragment";

const own = "10.20.0.0/16";
const open = "0.0.0.0/0";
const tcp = (from: number | string, to: number | string, range: string): WrittenAclRule => ({
  ...{ direction: "ingress", protocol: "tcp", from, to, range },
});

describe("NET-10", () => {
  it.each<[string, WrittenAclRule]>([
    ["answers below remote desktop", tcp(1024, 3388, open)],
    ["answers above remote desktop", tcp("3390", "65535", open)],
    ["remote desktop from the VPC", tcp(1024, 65535, own)],
    ["a port that somebody else says", tcp("${var.from}", "${var.to}", open)],
    ["what goes out", { ...tcp(0, 65535, open), direction: "egress" }],
    ["a deny", { ...tcp(0, 65535, open), action: "deny" }],
    ["all protocols, which NET-09 finds", { ...tcp(0, 0, open), protocol: "-1" }],
    ["messages of ICMP", { direction: "ingress", protocol: "icmp", range: open }],
  ])("lets %s be, in every form", (_, rule) => {
    expect(aclInEveryForm(net10, rule)).toEqual(noAcl);
  });

  it.each<[string, WrittenAclRule]>([
    ["tcp 1024-65535 in from 0.0.0.0/0, and with it 3389.", tcp(1024, 65535, open)],
    ["tcp 22 in from ::/0, and with it 22.", tcp(22, 22, "::/0")],
    ["tcp 20-21 in from 0.0.0.0/0, and with it 20, 21.", tcp("20", "21", open)],
    ["udp 3389 in from 0.0.0.0/0, and with it 3389.", { ...tcp(3389, 3389, open), protocol: "udp" }],
    ["tcp 1-65535 in from 0.0.0.0/0, and with it 20, 21, 22, 3389.", tcp(1, 65535, open)],
    ["tcp 0-65535 in, from the first port on.", tcp(0, 65535, own)],
    ["tcp in, from the first port on.", { direction: "ingress", protocol: "tcp", range: own }],
  ])("finds that a rule allows %s", (message, rule) => {
    expect(aclInEveryForm(net10, rule)).toEqual(everyAcl(`allows ${message}`));
  });

  it("takes a rule that does not say its direction for one that lets in", () => {
    const rule = { protocol: "tcp", rule_action: "allow", cidr_block: open, from_port: 22, to_port: 22 };
    expect(found(net10, { aws_network_acl_rule: { rule } })).toHaveLength(1);
    expect(found(net10, { aws_network_acl_rule: { rule: { ...rule, egress: "true" } } })).toEqual([]);
  });
});
