import { judge } from "../../../src/policy/judge";
import { iam01 } from "../../../src/policy/rules/iam-01-rights-are-counted";
import { iam07 } from "../../../src/policy/rules/iam-07-policies-can-be-read";
import { estateOf, stackFacts } from "../../../src/terraform/estate";
import type { JsonObject } from "../../../src/terraform/json";
import { addresses, found } from "../fragment";
import { allow, policyOf, rolePolicy, trusting } from "../statements";

const queue = "arn:aws:sqs:us-east-1:111122223333:reviews";
const policy = (written: string) => ({ aws_iam_policy: { worker: { policy: written } } });

describe("IAM-07", () => {
  it.each<[string, JsonObject]>([
    ["a known action", allow("sqs:SendMessage", queue)],
    ["a family that has members", allow("sqs:Send*", queue)],
    ["every action", allow(["*", "sqs:*"], queue)],
    ["an action from elsewhere", allow(["${var.action}", "sqs:${var.verb}"], queue)],
  ])("lets a policy hold %s", (_, statement) => {
    expect(found(iam07, rolePolicy(statement))).toEqual([]);
  });

  it.each(["${data.aws_iam_policy_document.elsewhere.json}", "${var.policy}"])(
    "lets a fragment refer to what it does not hold: %s",
    (written) => {
      expect(found(iam07, policy(written))).toEqual([]);
    },
  );

  it.each([
    ["${jsonencode({Statement = []})}", "neither JSON nor a policy document"],
    ["${data.aws_iam_policy.own.policy}", "neither JSON nor a policy document"],
    ['{"Statement": [', "the policy is not JSON"],
    ["{}", "the policy holds no Statement"],
    ["no policy", "the policy is not JSON"],
  ])("finds that %s cannot be read", (written, reason) => {
    const [line, second] = found(iam07, policy(written), { aws_iam_policy: { own: {} } });
    expect(line).toContain("aws_iam_policy.worker has a policy that cannot be read: ");
    expect(line).toContain(reason);
    expect(second).toBeUndefined();
  });

  it("finds statements and blocks that a loop makes", () => {
    const dynamic = { dynamic: { statement: {} } };
    expect(addresses(iam07, {}, { aws_iam_policy_document: { rights: dynamic } })).toEqual([
      "data.aws_iam_policy_document.rights",
    ]);
    expect(addresses(iam07, { aws_iam_role: { worker: { dynamic: { inline_policy: {} } } } })).toEqual([
      "aws_iam_role.worker",
    ]);
  });

  it.each<[JsonObject, string]>([
    [allow(["sqs:SendMessage", "sqs:SendMessages"], queue), "sqs:SendMessages"],
    [allow("sqs:Post*", queue), "sqs:Post*"],
    [allow(["queue:*", "SendMessage"], queue), "queue:*, SendMessage"],
    [{ Effect: "Deny", NotAction: "s3:GetObjets", Resource: "*" }, "s3:GetObjets"],
  ])("finds what %j invents", (statement, invented) => {
    const message = `names actions that AWS does not have: ${invented}.`;
    expect(found(iam07, rolePolicy(statement))).toEqual([`aws_iam_role_policy.worker ${message}`]);
  });

  it("looks into trust and resource policies too", () => {
    const statement = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sns:Send" };
    expect(addresses(iam07, trusting(statement))).toEqual(["aws_iam_role.reader"]);
    expect(addresses(iam07, { aws_sns_topic: { alarms: { policy: policyOf(statement) } } })).toEqual([
      "aws_sns_topic.alarms",
    ]);
  });

  it.each([
    policy("${var.policy}"),
    rolePolicy(allow("${var.action}", queue)),
    rolePolicy(allow("sqs:SendMessage", "arn:aws:sqs:${var.region}:111122223333:reviews")),
  ])("finds in a whole estate what leads nowhere: %j", (resource) => {
    const estate = estateOf([stackFacts("service", { resource } as unknown as JsonObject)]);
    expect(judge([iam07], estate, "estate").map(({ message }) => message)).toEqual([
      expect.stringMatching(/^has policy that cannot be told: "var\.\w+" is not a plain reference$/),
    ]);
  });

  it("reads a document that stands once for many", () => {
    const resource = policy("${data.aws_iam_policy_document.rights[0].json}");
    const one = (action: string) => ({
      aws_iam_policy_document: {
        rights: { count: 1, statement: { actions: [action], resources: ["arn:aws:sqs:us-east-1:111122223333:jobs"] } },
      },
    });

    expect(addresses(iam07, resource, one("sqs:SendMessage"))).toEqual([]);
    expect(addresses(iam01, resource, one("sqs:SendMessage"))).toEqual([]);
    expect(addresses(iam01, resource, one("sqs:*"))).toEqual(["aws_iam_policy.worker"]);
  });

  it("finds in a whole estate what leads nowhere in a document that a policy uses", () => {
    const statement = { actions: ["sqs:SendMessage"], resources: ["${var.queue}"] };
    const resource = policy("${data.aws_iam_policy_document.rights.json}");
    const data = { aws_iam_policy_document: { rights: { statement } } };
    const estate = estateOf([stackFacts("service", { resource, data })]);
    expect(judge([iam07], estate, "estate").map(({ address }) => address)).toEqual([
      "data.aws_iam_policy_document.rights",
    ]);
  });
});
