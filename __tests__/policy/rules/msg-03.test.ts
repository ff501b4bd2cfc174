import { msg03 } from "../../../src/policy/rules/msg-03-messages-travel-encrypted";
import { found } from "../fragment";

const plain = { Bool: { "aws:SecureTransport": "false" } };
const deny = (more: object) =>
  JSON.stringify({ Statement: [{ Effect: "Deny", Principal: "*", Resource: "*", ...more }] });
const forms = (written: string) => [
  found(msg03, { aws_sqs_queue: { q: { name: "q", policy: written } } }),
  found(msg03, {
    aws_sqs_queue: { q: { name: "q" } },
    aws_sqs_queue_policy: { p: { queue_url: "${aws_sqs_queue.q.url}", policy: written } },
  }),
  found(msg03, {
    aws_sqs_queue: { q: { name: "q" } },
    aws_sqs_queue_policy: { p: { queue_url: "https://sqs.us-east-1.amazonaws.com/111122223333/q", policy: written } },
  }),
];

describe("MSG-03", () => {
  it.each([
    ["sending", deny({ Action: "sqs:SendMessage", Condition: plain })],
    ["everything", deny({ Action: ["sqs:*"], Condition: { BoolIfExists: { "AWS:SecureTransport": false } } })],
    ["all of all", deny({ Principal: { AWS: "*" }, Action: "*", Condition: plain })],
    ["what stands elsewhere", "${data.aws_iam_policy_document.elsewhere.json}"],
  ])("lets a queue deny %s over plain HTTP, in every form", (_, written) => {
    expect(forms(written)).toEqual([[], [], []]);
  });

  it.each([
    ["allows it", deny({ Effect: "Allow", Action: "sqs:*", Condition: plain })],
    ["denies TLS", deny({ Action: "sqs:*", Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    ["denies one role", deny({ Principal: { AWS: "arn:aws:iam::1:role/x" }, Action: "sqs:*", Condition: plain })],
    ["denies sending altogether", deny({ Action: "sqs:*" })],
    ["denies reading", deny({ Action: "sqs:ReceiveMessage", Condition: plain })],
    [
      "denies it from one account",
      deny({ Action: "sqs:*", Condition: { ...plain, StringEquals: { "aws:PrincipalAccount": "1" } } }),
    ],
  ])("finds a queue whose policy %s, always at the queue", (_, written) => {
    const finding = ["aws_sqs_queue.q does not deny plain HTTP."];
    expect(forms(written)).toEqual([finding, finding, finding]);
  });

  it("finds a queue and a topic without policy, or with that of another", () => {
    expect(found(msg03, { aws_sqs_queue: { q: { name: "q" } }, aws_sns_topic: { t: { name: "t" } } })).toEqual([
      "aws_sqs_queue.q has no policy that denies plain HTTP.",
      "aws_sns_topic.t has no policy that denies plain HTTP.",
    ]);
    const policy = deny({ Action: "sqs:*", Condition: plain });
    expect(
      found(msg03, {
        aws_sqs_queue: { q: { name: "q", region: "us-east-2" } },
        aws_sqs_queue_policy: {
          p: { queue_url: "https://sqs.us-east-1.amazonaws.com/1/q", policy },
          r: { queue_url: "https://sqs.us-east-2.amazonaws.com/1/other", policy },
        },
      }),
    ).toHaveLength(1);
  });

  it("asks a topic to deny publishing", () => {
    const topic = (policy: string) => found(msg03, { aws_sns_topic: { t: { name: "t", policy } } });
    expect(topic(deny({ Action: "sns:Publish", Condition: plain }))).toEqual([]);
    expect(topic(deny({ Action: "sns:Subscribe", Condition: plain }))).toEqual([
      "aws_sns_topic.t does not deny plain HTTP.",
    ]);
  });
});
