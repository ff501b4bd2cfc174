import { iam06 } from "../../../src/policy/rules/iam-06-no-lasting-administrators";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const own = (name: string) => `arn:aws:iam::aws:policy/${name}`;

describe("IAM-06", () => {
  it.each<[string, JsonObject]>([
    ["aws_iam_role", { name: "worker", managed_policy_arns: [] }],
    ["aws_iam_role_policy_attachment", { policy_arn: own("service-role/AWSBackupServiceRolePolicyForBackup") }],
    ["aws_iam_role_policy_attachment", { policy_arn: own("AdministratorAccess-Amplify") }],
    ["aws_iam_role_policy_attachment", { policy_arn: "${aws_iam_policy.worker.arn}" }],
    ["aws_iam_policy_attachment", { users: [], roles: ["worker"], policy_arn: own("ReadOnlyAccess") }],
  ])("lets a %s be %j", (type, attributes) => {
    expect(found(iam06, { [type]: { one: attributes } })).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ["aws_iam_user", { name: "jo" }, "gives a person a user of IAM."],
    ["aws_iam_access_key", { user: "jo" }, "gives a person a user of IAM."],
    ["aws_iam_user_policy_attachment", { policy_arn: own("ReadOnlyAccess") }, "gives a person a user of IAM."],
    ["aws_iam_policy_attachment", { users: ["jo"] }, "attaches a policy to users."],
    ["aws_iam_role_policy_attachment", { policy_arn: own("AdministratorAccess") }, "gives out AdministratorAccess."],
    ["aws_iam_group_policy_attachment", { policy_arn: own("PowerUserAccess") }, "gives out PowerUserAccess."],
    [
      "aws_iam_role_policy_attachment",
      { policy_arn: "arn:${data.aws_partition.own.partition}:iam::aws:policy/IAMFullAccess" },
      "gives out IAMFullAccess.",
    ],
    [
      "aws_iam_role",
      { managed_policy_arns: [own("ReadOnlyAccess"), own("IAMFullAccess")] },
      "gives out IAMFullAccess.",
    ],
    [
      "aws_ssoadmin_managed_policy_attachment",
      { managed_policy_arn: own("AdministratorAccess") },
      "gives out AdministratorAccess.",
    ],
  ])("finds that a %s with %j %s", (type, attributes, message) => {
    expect(found(iam06, { [type]: { one: attributes } })).toEqual([`${type}.one ${message}`]);
  });

  it.each([{ name: "AdministratorAccess" }, { arn: own("AdministratorAccess") }])(
    "finds the reading of %j",
    (policy) => {
      expect(found(iam06, {}, { aws_iam_policy: { admin: policy } })).toEqual([
        "data.aws_iam_policy.admin gives out AdministratorAccess.",
      ]);
    },
  );
});
