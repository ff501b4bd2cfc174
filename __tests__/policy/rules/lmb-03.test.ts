import { lmb03 } from "../../../src/policy/rules/lmb-03-functions-run-in-the-vpc";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(lmb03, { aws_lambda_function: { worker: attributes } });

describe("LMB-03", () => {
  it.each<[string, JsonObject]>([
    [
      "runs in two subnets",
      { vpc_config: { subnet_ids: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"], security_group_ids: ["sg-1"] } },
    ],
    [
      "holds its block in a list",
      { vpc_config: [{ subnet_ids: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"], security_group_ids: ["sg-1"] }] },
    ],
    [
      "names subnets of one resource",
      { vpc_config: { subnet_ids: ["${aws_subnet.a[0].id}", "${aws_subnet.a[1].id}"], security_group_ids: ["sg-1"] } },
    ],
    [
      "takes its lists from elsewhere",
      { vpc_config: { subnet_ids: "${aws_subnet.all[*].id}", security_group_ids: "${var.groups}" } },
    ],
  ])("lets a function be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["has no VPC", {}, ["runs outside the VPC."]],
    [
      "runs in one subnet",
      { vpc_config: { subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] } },
      ["runs in fewer than 2 subnets."],
    ],
    [
      "names one subnet twice",
      { vpc_config: [{ subnet_ids: ["subnet-1", "subnet-1"], security_group_ids: ["sg-1"] }] },
      ["runs in fewer than 2 subnets."],
    ],
    [
      "has no group",
      { vpc_config: { subnet_ids: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"], security_group_ids: [] } },
      ["has no security group."],
    ],
  ])("finds a function that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_lambda_function.worker ${message}`));
  });
});
