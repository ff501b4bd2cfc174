import { shapedDocument } from "../../src/policy/shapes";
import { dataSources, estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";

const shapesOf = (resources: string[]) => {
  const document = { statement: [{ actions: ["s3:GetObject"], resources }] };
  const json: JsonObject = {
    resource: { aws_s3_bucket: { own: { bucket: "acme" } } },
    data: { aws_iam_policy_document: { read: document } },
  };
  const [read] = dataSources(estateOf([stackFacts("service", json)]), "aws_iam_policy_document");
  if (!read) throw new Error("The document is not there.");
  return shapedDocument(read).flatMap((statement) => statement.resources);
};

it.each([
  [
    "a variable of IAM, which Terraform has escaped",
    "arn:aws:s3:::acme/$${aws:username}/*",
    "arn:aws:s3:::acme/${aws:username}/*",
  ],
  ["an escaped directive", "arn:aws:s3:::acme/%%{if}", "arn:aws:s3:::acme/%{if}"],
  ["the told part of a text", "${aws_s3_bucket.own.arn}/${aws_s3_bucket.own.bucket}", "…/acme"],
])("a document keeps %s", (_, written, shape) => {
  expect(shapesOf([written])).toEqual([{ kind: "literal", value: shape }]);
});
