import { iam01 } from "../../src/policy/rules/iam-01-rights-are-counted";
import type { JsonObject } from "../../src/terraform/json";
import { addresses, type Fragment } from "./fragment";
import { allow, policyOf } from "./statements";

const broad = policyOf(allow("s3:*", "*"));
const document: JsonObject = { statement: { actions: ["s3:*"], resources: ["*"] } };
const reference = "${" + "data.aws_iam_policy_document.rights.json}";

it.each([
  ["aws_iam_role_policy", { policy: broad }],
  ["aws_iam_policy", { policy: broad }],
  ["aws_iam_user_policy", { policy: broad }],
  ["aws_iam_group_policy", { policy: broad }],
  ["aws_ssoadmin_permission_set_inline_policy", { inline_policy: broad }],
  ["aws_iam_role", { inline_policy: { name: "rights", policy: broad } }],
  ["aws_iam_role", { inline_policy: [{}, { name: "rights", policy: broad }] }],
] satisfies [string, JsonObject][])("an identity policy stands in %s %j", (type, attributes) => {
  expect(addresses(iam01, { [type]: { worker: attributes } })).toEqual([`${type}.worker`]);
});

it.each([
  ["aws_sqs_queue", { policy: broad }],
  ["aws_iam_role", { assume_role_policy: broad }],
  ["aws_ecr_lifecycle_policy", { policy: "{}" }],
] satisfies [string, JsonObject][])("none stands in %s %j", (type, attributes) => {
  expect(addresses(iam01, { [type]: { worker: attributes } })).toEqual([]);
});

const rights = { aws_iam_policy_document: { rights: document } };

it.each<[string, Fragment, Fragment, string[]]>([
  ["by itself", {}, rights, ["data.aws_iam_policy_document.rights"]],
  [
    "written as a list",
    {},
    { aws_iam_policy_document: { rights: { statement: [document.statement ?? null] } } },
    ["data.aws_iam_policy_document.rights"],
  ],
  [
    "at the policy that uses it",
    { aws_iam_policy: { worker: { policy: reference } } },
    rights,
    ["aws_iam_policy.worker"],
  ],
  [
    "at the block that uses it",
    { aws_iam_role: { worker: { inline_policy: { policy: reference } } } },
    rights,
    ["aws_iam_role.worker"],
  ],
  [
    "by itself where only a parameter holds its text",
    { aws_ssm_parameter: { text: { value: reference } } },
    rights,
    ["data.aws_iam_policy_document.rights"],
  ],
  [
    "at the policy that uses what includes it",
    { aws_iam_policy: { worker: { policy: "${" + "data.aws_iam_policy_document.whole.json}" } } },
    { aws_iam_policy_document: { rights: document, whole: { source_policy_documents: [reference] } } },
    ["aws_iam_policy.worker"],
  ],
])("a document is judged %s", (_, resource, data, expected) => {
  expect(addresses(iam01, resource, data)).toEqual(expected);
});

it("a document that names principals is nobody's rights", () => {
  const principals = { type: "Service", identifiers: ["s3.amazonaws.com"] };
  const statement = { actions: ["s3:*"], resources: ["*"], principals };
  expect(addresses(iam01, {}, { aws_iam_policy_document: { rights: { statement } } })).toEqual([]);
});
