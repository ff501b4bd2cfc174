import { iam03 } from "../../../src/policy/rules/iam-03-passed-roles-are-named";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";
import { allow, rolePolicy } from "../statements";

const role = "arn:aws:iam::111122223333:role/acme-worker";
const toLambda = { Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } };

describe("IAM-03", () => {
  it.each<[string, JsonObject]>([
    ["a named role", allow("iam:PassRole", role, toLambda)],
    ["roles of a prefix", allow("iam:PassRole", "arn:aws:iam::111122223333:role/acme-*", toLambda)],
    ["a role that the fragment does not hold", allow("iam:PassRole", "${aws_iam_role.worker.arn}", toLambda)],
    ["nothing of the kind", allow("iam:GetRole", "*")],
    ["a denial", { Effect: "Deny", Action: "iam:PassRole", Resource: "*" }],
  ])("lets a policy pass %s", (_, statement) => {
    expect(found(iam03, rolePolicy(statement))).toEqual([]);
  });

  const anyRole = "arn:aws:iam::${data.aws_caller_identity.own.account_id}:role/*";
  it.each<[JsonObject, string[]]>([
    [allow("iam:PassRole", role), ["may pass roles to any service."]],
    [allow("iam:PassRole", "*", toLambda), ["may pass the roles *."]],
    [allow("iam:Pass*", [role, anyRole], toLambda), ["may pass the roles arn:aws:iam::…:role/*."]],
    [
      allow("iam:passrole", role, { Condition: { StringNotEquals: { "iam:PassedToService": "ec2.amazonaws.com" } } }),
      ["may pass roles to any service."],
    ],
    [
      allow("iam:PassRole", role, { Condition: { StringLike: { "iam:PassedToService": "*" } } }),
      ["may pass roles to any service."],
    ],
  ])("finds in %j: %j", (statement, messages) => {
    expect(found(iam03, rolePolicy(statement))).toEqual(messages.map((said) => `aws_iam_role_policy.worker ${said}`));
  });
});
