import { net06 } from "../../../src/policy/rules/net-06-default-group-is-empty";
import type { JsonObject } from "../../../src/terraform/json";
import { type Fragment, found } from "../fragment";

const vpc = { aws_vpc: { main: {} } };
const withGroup = (attributes: JsonObject, more: Fragment = {}) =>
  found(net06, {
    ...vpc,
    aws_default_security_group: { main: { vpc_id: "${aws_vpc.main.id}", ...attributes } },
    ...more,
  });
const rule = { protocol: "-1", from_port: 0, to_port: 0, self: true };
const full = ["aws_default_security_group.main has rules, though it is the default group."];

describe("NET-06", () => {
  it.each<[string, JsonObject]>([
    ["without rules", {}],
    ["with empty lists of rules", { ingress: [], egress: [] }],
  ])("lets a default group be %s", (_, attributes) => {
    expect(withGroup(attributes)).toEqual([]);
  });

  it("finds a VPC whose default group nobody took over", () => {
    const message = "aws_vpc.main keeps the default security group as AWS makes it.";
    expect(found(net06, vpc)).toEqual([message]);
    expect(withGroup({ vpc_id: "${aws_vpc.other.id}" })).toEqual([message]);
  });

  it.each<JsonObject>([{ ingress: rule }, { ingress: [rule] }, { egress: [rule] }])(
    "finds a default group with %j",
    (attributes) => {
      expect(withGroup(attributes)).toEqual(full);
    },
  );

  it.each(["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_security_group_rule"])(
    "finds a default group that is filled by %s",
    (type) => {
      const filledBy = (security_group_id: string) => withGroup({}, { [type]: { r: { security_group_id } } });
      expect(filledBy("${aws_default_security_group.main.id}")).toEqual(full);
      expect(filledBy("${aws_vpc.main.default_security_group_id}")).toEqual([
        `${type}.r stands in the default group of a VPC.`,
      ]);
      expect(filledBy("${aws_security_group.other.id}")).toEqual([]);
    },
  );
});
