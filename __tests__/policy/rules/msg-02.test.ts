import { msg02 } from "../../../src/policy/rules/msg-02-message-policies-name-who";
import { found } from "../fragment";

const policy = (statement: object) => JSON.stringify({ Statement: { Effect: "Allow", Resource: "*", ...statement } });
const service = { Principal: { Service: "events.amazonaws.com" } };
const source = { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:us-east-1:111122223333:rule/x" } } };
const ofQueue = (written: string) => [
  found(msg02, { aws_sqs_queue: { q: { policy: written } } }),
  found(msg02, { aws_sqs_queue_policy: { q: { queue_url: "https://sqs/q", policy: written } } }),
];
const ofTopic = (written: string) => [
  found(msg02, { aws_sns_topic: { q: { policy: written } } }),
  found(msg02, { aws_sns_topic_policy: { q: { arn: "arn:aws:sns:us-east-1:111122223333:q", policy: written } } }),
];

describe("MSG-02", () => {
  it.each([
    ["names a service", policy({ ...service, Action: "sqs:SendMessage" })],
    ["is for everybody from one source", policy({ Principal: "*", Action: "sns:Publish", ...source })],
    ["denies all", policy({ Effect: "Deny", Principal: "*", Action: "sqs:*" })],
    ["stands elsewhere", "${data.aws_iam_policy_document.elsewhere.json}"],
  ])("lets a policy be that %s", (_, written) => {
    expect([...ofQueue(written), ...ofTopic(written)]).toEqual([[], [], [], []]);
  });

  it.each([
    ["everybody", policy({ Principal: "*", Action: "sqs:SendMessage" }), "allows everybody in."],
    ["everybody of AWS", policy({ Principal: { AWS: "*" }, Action: "sns:Publish" }), "allows everybody in."],
    ["*", policy({ ...service, Action: "*" }), "allows a whole service."],
    ["sqs:*", policy({ ...service, Action: ["sqs:*"] }), "allows a whole service."],
    ["SNS:*", policy({ ...service, Action: "SNS:*" }), "allows a whole service."],
    ["all but one", policy({ ...service, NotAction: "sqs:DeleteQueue" }), "allows a whole service."],
  ])("finds a policy for %s", (_, written, message) => {
    expect(ofQueue(written)).toEqual([
      [`aws_sqs_queue.q has a policy that ${message}`],
      [`aws_sqs_queue_policy.q has a policy that ${message}`],
    ]);
    expect(ofTopic(written)).toEqual([
      [`aws_sns_topic.q has a policy that ${message}`],
      [`aws_sns_topic_policy.q has a policy that ${message}`],
    ]);
  });

  it.each(["arn:aws:iam::111122223333:role/sender", "111122223333", "arn:aws:iam::${var.account}:root"])(
    "lets a queue name %s, and a topic only with a condition",
    (who) => {
      const statement = { Principal: { AWS: who }, Action: "sns:Publish" };
      expect(ofQueue(policy(statement))).toEqual([[], []]);
      expect(ofTopic(policy({ ...statement, ...source }))).toEqual([[], []]);
      const message = "has a policy that allows an IAM ARN without a condition.";
      expect(ofTopic(policy(statement))).toEqual([
        [`aws_sns_topic.q ${message}`],
        [`aws_sns_topic_policy.q ${message}`],
      ]);
    },
  );

  it("knows the ARN of a role, wherever that is defined, by its reference", () => {
    const naming = (AWS: string) => ({
      aws_sns_topic: { q: { policy: policy({ Principal: { AWS }, Action: "sns:Publish" }) } },
    });
    const role = naming("${aws_iam_role.sender.arn}");

    expect(found(msg02, { aws_iam_role: { sender: {} }, ...role })).toHaveLength(1);
    expect(found(msg02, role)).toHaveLength(1);
    expect(found(msg02, naming("${data.aws_caller_identity.own.account_id}"))).toHaveLength(1);
    expect(found(msg02, naming("${var.sender}"))).toEqual([]);
  });
});
