import { net11 } from "../../../src/policy/rules/net-11-endpoints-serve-us-only";
import type { JsonObject } from "../../../src/terraform/json";
import { type Fragment, found } from "../fragment";

const policy = (more: object) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*", ...more }] });
const ours = { Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } };
const endpoint = (attributes: JsonObject, more: Fragment = {}) =>
  found(net11, { aws_vpc_endpoint: { e: attributes }, ...more });
const vpc_endpoint_id = "${aws_vpc_endpoint.e.id}";

describe("NET-11", () => {
  it.each([
    ["opens one action", policy({})],
    ["opens the service to our account", policy({ Action: "s3:*", ...ours })],
    ["opens the service to a role", policy({ Action: "s3:*", Principal: { AWS: "arn:aws:iam::1:role/x" } })],
    ["stands elsewhere", "${data.aws_iam_policy_document.elsewhere.json}"],
  ])("lets a policy be that %s, inline and by itself", (_, written) => {
    expect(endpoint({ policy: written })).toEqual([]);
    expect(endpoint({}, { aws_vpc_endpoint_policy: { p: { vpc_endpoint_id, policy: written } } })).toEqual([]);
  });

  it.each([
    { Action: "*" },
    { Action: ["s3:*"], Principal: { AWS: "*" } },
    { Action: undefined, NotAction: "s3:Put*" },
  ])("finds a policy with %j, inline and by itself", (more) => {
    const message = "has a policy that opens a whole service to everybody.";
    expect(endpoint({ policy: policy(more) })).toEqual([`aws_vpc_endpoint.e ${message}`]);
    expect(endpoint({}, { aws_vpc_endpoint_policy: { p: { vpc_endpoint_id, policy: policy(more) } } })).toEqual([
      `aws_vpc_endpoint_policy.p ${message}`,
    ]);
  });

  it("finds an endpoint without policy, where its kind takes one", () => {
    expect(endpoint({})).toEqual(["aws_vpc_endpoint.e has no policy."]);
    expect(endpoint({ vpc_endpoint_type: "GatewayLoadBalancer" })).toEqual([]);
  });

  it("asks an interface for private DNS and a group", () => {
    const face = { policy: policy(ours), vpc_endpoint_type: "Interface" };
    const dns = { private_dns_enabled: true };
    const group = { security_group_ids: ["${aws_security_group.endpoints.id}"] };
    expect(endpoint({ ...face, ...dns, ...group })).toEqual([]);
    expect(endpoint({ ...face, private_dns_enabled: false, ...group })).toEqual([
      "aws_vpc_endpoint.e has no private DNS.",
    ]);
    expect(endpoint({ ...face, ...dns, security_group_ids: [] })).toEqual([
      "aws_vpc_endpoint.e has no security group.",
    ]);
    expect(
      endpoint(face, {
        aws_vpc_endpoint_private_dns: { d: { vpc_endpoint_id, private_dns_enabled: "true" } },
        aws_vpc_endpoint_security_group_association: { g: { vpc_endpoint_id, security_group_id: "sg-0" } },
      }),
    ).toEqual([]);
  });
});
