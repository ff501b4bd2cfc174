import { net07 } from "../../../src/policy/rules/net-07-traffic-is-recorded";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const vpc_id = "${aws_vpc.main.id}";
const logs = (aws_flow_log: Record<string, JsonObject>) => found(net07, { aws_vpc: { main: {} }, aws_flow_log });

describe("NET-07", () => {
  it.each<[string, Record<string, JsonObject>]>([
    ["all traffic", { all: { vpc_id, traffic_type: "ALL" } }],
    ["what somebody else says", { all: { vpc_id, traffic_type: "${var.traffic}" } }],
    [
      "all traffic, and the rejected once more",
      { all: { vpc_id, traffic_type: "ALL" }, no: { vpc_id, traffic_type: "REJECT" } },
    ],
    [
      "all traffic, and that of a subnet",
      { all: { vpc_id, traffic_type: "ALL" }, one: { subnet_id: "subnet-0", traffic_type: "REJECT" } },
    ],
  ])("lets a VPC record %s", (_, written) => {
    expect(logs(written)).toEqual([]);
  });

  it("finds a VPC without flow log, or with that of another", () => {
    expect(logs({})).toEqual(["aws_vpc.main has no flow log."]);
    expect(logs({ other: { vpc_id: "${aws_vpc.other.id}", traffic_type: "ALL" } })).toHaveLength(1);
  });

  it("does not take the flow log of one VPC for that of another", () => {
    const other = "${aws_vpc.other.id}";
    expect(
      found(net07, {
        aws_vpc: { main: {}, other: {} },
        aws_flow_log: { main: { vpc_id, traffic_type: "ALL" }, other: { vpc_id: other, traffic_type: "REJECT" } },
      }),
    ).toEqual(["aws_flow_log.other records only REJECT of the traffic."]);
    expect(
      found(net07, {
        aws_flow_log: { a: { vpc_id: "vpc-0", traffic_type: "ALL" }, b: { vpc_id: "vpc-1", traffic_type: "REJECT" } },
      }),
    ).toHaveLength(1);
  });

  it("finds a flow log of a part, also of a VPC elsewhere", () => {
    expect(logs({ no: { vpc_id, traffic_type: "REJECT" } })).toEqual([
      "aws_flow_log.no records only REJECT of the traffic.",
    ]);
    expect(found(net07, { aws_flow_log: { no: { vpc_id: "vpc-0", traffic_type: "ACCEPT" } } })).toEqual([
      "aws_flow_log.no records only ACCEPT of the traffic.",
    ]);
  });
});
