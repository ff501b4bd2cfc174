import { net08 } from "../../../src/policy/rules/net-08-subnets-give-no-public-address";
import { found } from "../fragment";

describe("NET-08", () => {
  it.each([
    {},
    { map_public_ip_on_launch: false },
    { map_public_ip_on_launch: "false" },
    { map_public_ip_on_launch: "${var.public}" },
  ])("lets a subnet be %j", (attributes) => {
    expect(found(net08, { aws_subnet: { a: attributes } })).toEqual([]);
  });

  it.each([true, "true"])("finds a subnet that gives public addresses: %j", (map_public_ip_on_launch) => {
    expect(found(net08, { aws_subnet: { a: { map_public_ip_on_launch } } })).toEqual([
      "aws_subnet.a gives public addresses on launch.",
    ]);
  });

  it("asks a default subnet to say that it does not", () => {
    expect(found(net08, { aws_default_subnet: { a: { map_public_ip_on_launch: false } } })).toEqual([]);
    expect(found(net08, { aws_default_subnet: { a: {} } })).toHaveLength(1);
  });
});
