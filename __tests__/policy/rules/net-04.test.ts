import { net04 } from "../../../src/policy/rules/net-04-groups-say-what-they-are-for";
import { found } from "../fragment";
import { inEveryForm, nowhere, type WrittenRule } from "../group-rule-forms";

const rule: WrittenRule = { direction: "ingress", protocol: "tcp", from: 443, to: 443, range: "10.20.0.0/16" };

describe("NET-04", () => {
  it("lets groups and rules be that say what they are for", () => {
    expect(inEveryForm(net04, rule)).toEqual(nowhere);
    expect(found(net04, { aws_security_group: { group: { description: "${var.purpose}" } } })).toEqual([]);
    expect(found(net04, { aws_default_security_group: { group: {} } })).toEqual([]);
  });

  it.each(["", " ", "Managed by Terraform", "managed by terraform"])("finds a rule that says %j", (description) => {
    const missing = "does not say what it is for.";
    const inline = "aws_security_group.group has an ingress rule without description.";
    expect(inEveryForm(net04, { ...rule, description })).toEqual([
      [`aws_vpc_security_group_ingress_rule.rule ${missing}`],
      [`aws_security_group_rule.rule ${missing}`],
      [inline],
      [inline],
    ]);
  });

  it.each([{}, { description: null }, { description: "Managed by Terraform" }])("finds a group with %j", (group) => {
    expect(found(net04, { aws_security_group: { group } })).toEqual([
      "aws_security_group.group does not say what it is for.",
    ]);
  });
});
