import { roleActionLines } from "../../src/policy/role-action-lines";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import type { Fragment } from "./fragment";

const lines = (resource: Fragment, data: Fragment = {}): string[] =>
  roleActionLines(estateOf([stackFacts("service", { resource, data } as JsonObject)]));

const role = { name: "acme-reader", assume_role_policy: "{}" };
const queue = { name: "acme-work" };
const inline = (...Statement: JsonObject[]): JsonObject => ({
  role: "${aws_iam_role.reader.name}",
  policy: JSON.stringify({ Version: "2012-10-17", Statement }),
});
const read = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::acme/*"] };

describe("what a role may do", () => {
  it("is a line for each action on each resource, sorted and each once", () => {
    const more = { ...read, Action: ["s3:ListBucket", "s3:GetObject"], Resource: "arn:aws:s3:::acme/*" };

    expect(lines({ aws_iam_role: { reader: role }, aws_iam_role_policy: { own: inline(more, read) } })).toEqual([
      "acme-reader may s3:GetObject on arn:aws:s3:::acme/*",
      "acme-reader may s3:ListBucket on arn:aws:s3:::acme/*",
    ]);
  });

  it("tells every condition with its values, and a Deny", () => {
    const Condition = {
      StringLike: { "aws:SourceArn": ["two", "one"] },
      Bool: { "aws:SecureTransport": "true" },
    };
    const deny = { Effect: "Deny", Action: "s3:PutObject", Resource: "*" };

    expect(
      lines({ aws_iam_role: { reader: role }, aws_iam_role_policy: { own: inline({ ...read, Condition }, deny) } }),
    ).toEqual([
      "acme-reader may not s3:PutObject on *",
      "acme-reader may s3:GetObject on arn:aws:s3:::acme/* if Bool aws:SecureTransport true and StringLike aws:SourceArn one or two",
    ]);
  });

  it("names what AWS fills in by stack and address, in documents and in JSON", () => {
    const document = {
      statement: [{ actions: ["sqs:SendMessage"], resources: ["${aws_sqs_queue.work.arn}", "$${aws:username}"] }],
    };

    expect(
      lines(
        {
          aws_sqs_queue: { work: queue },
          aws_iam_role: { reader: role },
          aws_iam_role_policy: {
            document: { role: "acme-reader", policy: "${data.aws_iam_policy_document.send.json}" },
            json: inline({ ...read, Resource: "${aws_sqs_queue.work.arn}/${aws_sqs_queue.work.name}" }),
          },
        },
        { aws_iam_policy_document: { send: document } },
      ),
    ).toEqual([
      "acme-reader may s3:GetObject on <service/aws_sqs_queue.work.arn>/acme-work",
      "acme-reader may sqs:SendMessage on ${aws:username}",
      "acme-reader may sqs:SendMessage on <service/aws_sqs_queue.work.arn>",
    ]);
  });

  it("holds policies that are attached, and names those that AWS writes", () => {
    const { policy } = inline(read);
    const attach = (policy_arn: string): JsonObject => ({ role: "${aws_iam_role.reader.name}", policy_arn });

    expect(
      lines({
        aws_iam_role: { reader: role },
        aws_iam_policy: { own: { name: "acme-own", policy: policy ?? "" } },
        aws_iam_role_policy_attachment: {
          own: attach("${aws_iam_policy.own.arn}"),
          foreign: attach("arn:aws:iam::aws:policy/service-role/AWSBackup"),
        },
      }),
    ).toEqual([
      "acme-reader has arn:aws:iam::aws:policy/service-role/AWSBackup",
      "acme-reader may s3:GetObject on arn:aws:s3:::acme/*",
    ]);
  });
});

describe("is refused, since a list with a gap would be read as if there were none,", () => {
  it.each<[string, JsonObject, string]>([
    ["a policy of a role that stands elsewhere", { ...inline(read), role: "other" }, "no role of the estate has"],
    ["all but a list of actions", inline({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }), "what a statement"],
    ["all but a list of resources", inline({ Effect: "Allow", Action: "s3:GetObject", NotResource: "a" }), "what a st"],
    ["an expression", inline({ ...read, Resource: '${format("%s", "a")}' }), "its policy holds unknown"],
    ["what is no policy", { ...inline(read), policy: "${var.policy}" }, "no policy can be read from unknown"],
  ])("%s", (_, policy, reason) => {
    expect(() => lines({ aws_iam_role: { reader: role }, aws_iam_role_policy: { own: policy } })).toThrow(reason);
  });
});
