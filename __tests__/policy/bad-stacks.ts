import type { JsonObject } from "../../src/terraform/json";

/** An expression of Terraform. */
const ref = (expression: string) => `\${${expression}}`;

const sections = "terraform, provider, resource, data, locals, variable, output, moved, import, removed, check";
const document = (...included: string[]): JsonObject => ({
  source_policy_documents: included.map((name) => ref(`data.aws_iam_policy_document.${name}.json`)),
  statement: { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:111122223333:reviews"] },
});
const queue: JsonObject = { aws_sqs_queue: { reviews: { name: "reviews" } } };
const remote = "data.terraform_remote_state.cross-stack-reference-input-fragment.outputs.range";

/** JSON of the stack `fragment` that is no Terraform, or goes round in a circle: what it is, and what is said of it. */
export const badStacks: readonly (readonly [string, JsonObject, string])[] = [
  ["nothing at all", {}, "fragment: it holds no resource, no data source and no provider"],
  [
    "a list where resources are expected, with nothing in it",
    { resource: [] },
    "fragment: it holds no resource, no data source and no provider",
  ],
  [
    "something else than Terraform",
    { name: "production-hardening", version: "0.1.0" },
    `fragment.name: nothing looks into such a section; allowed are ${sections}`,
  ],
  [
    "a misspelt section beside a right one",
    { resource: queue, resources: queue },
    `fragment.resources: nothing looks into such a section; allowed are ${sections}`,
  ],
  [
    "a module, whose resources are elsewhere",
    { resource: queue, module: { network: { source: "./network" } } },
    `fragment.module: nothing looks into such a section; allowed are ${sections}`,
  ],
  [
    "a text where resources are expected",
    { resource: "aws_sqs_queue" },
    'resource: "aws_sqs_queue" stands where a block is expected',
  ],
  ["a list of numbers where resources are expected", { resource: [7] }, "resource: 7 stands where a block is expected"],
  [
    "a text where resources of a type are expected",
    { resource: { aws_sqs_queue: "reviews" } },
    'resource.aws_sqs_queue: "reviews" stands where a block is expected',
  ],
  [
    "a number where a data source is expected",
    { data: { aws_kms_key: { own: 7 } } },
    "data.aws_kms_key.own: 7 stands where a block is expected",
  ],
  [
    "a resource without a body",
    { resource: { aws_sqs_queue: { reviews: null } } },
    "aws_sqs_queue.reviews: it must have exactly one body",
  ],
  [
    "the same resource twice",
    { resource: [queue, queue] },
    "aws_sqs_queue.reviews: two resources of the stack have this address",
  ],
  [
    "a text where providers are expected",
    { provider: "aws", resource: queue },
    'provider: "aws" stands where a block is expected',
  ],
  [
    "two resources that refer to each other",
    {
      resource: {
        aws_sqs_queue: {
          reviews: { name: "reviews", redrive_policy: ref("jsonencode({ a = aws_sqs_queue.failed.arn })") },
          failed: { name: "failed", redrive_allow_policy: ref("jsonencode({ a = [aws_sqs_queue.reviews.arn] })") },
        },
      },
    },
    "aws_sqs_queue.reviews: it refers back to itself, by way of aws_sqs_queue.failed",
  ],
  [
    "three of which each waits for the next",
    {
      resource: {
        aws_sqs_queue: {
          free: { name: "free", tags: { of: ref("aws_sqs_queue.one.name") } },
          one: { name: "one", depends_on: ["aws_sqs_queue.two"] },
          two: { name: "two", depends_on: ["aws_sqs_queue.three"] },
          three: { name: "three", kms_master_key_id: ref("aws_sqs_queue.one.kms_master_key_id") },
        },
      },
    },
    "aws_sqs_queue.one: it refers back to itself, by way of aws_sqs_queue.two, aws_sqs_queue.three",
  ],
  [
    "an attribute that stands for itself",
    { resource: { aws_sqs_queue: { reviews: { name: ref("aws_sqs_queue.reviews.name") } } } },
    "aws_sqs_queue.reviews: it refers back to itself",
  ],
  [
    "a policy document that includes itself",
    { data: { aws_iam_policy_document: { rights: document("rights") } } },
    "data.aws_iam_policy_document.rights: it refers back to itself",
  ],
  [
    "two policy documents that include each other",
    { data: { aws_iam_policy_document: { rights: document("more"), more: document("rights") } } },
    "data.aws_iam_policy_document.rights: it refers back to itself, by way of data.aws_iam_policy_document.more",
  ],
  [
    "a local that stands for itself",
    { resource: queue, locals: { range: ref("local.range") } },
    "local.range: it refers back to itself",
  ],
  [
    "an output that stands for itself, by way of the stack's own state",
    { resource: queue, output: { range: { value: ref(remote) } } },
    `${remote}: it refers back to itself`,
  ],
];

/** Stacks that look like a circle and are none. */
export const goodStacks: readonly (readonly [string, JsonObject])[] = [
  [
    "an attribute of its own that AWS fills in",
    { aws_sqs_queue: { reviews: { policy: ref("aws_sqs_queue.reviews.arn") } } },
  ],
  ["a variable of IAM, which is no expression", { aws_sqs_queue: { a: { policy: "$${aws_sqs_queue.a.policy}" } } }],
  [
    "two that refer to a third",
    {
      aws_sqs_queue: {
        one: { name: ref("aws_sqs_queue.three.name") },
        two: { name: ref("aws_sqs_queue.three.name"), depends_on: ["aws_sqs_queue.one"] },
        three: { name: "three" },
      },
    },
  ],
];
