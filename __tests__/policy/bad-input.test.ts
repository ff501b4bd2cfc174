import { loadEnvironment } from "../../src/config/load";
import { policyCheck } from "../../src/policy/policy-check";
import { iam07 } from "../../src/policy/rules/iam-07-policies-can-be-read";
import { estateOf } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { wholeStack } from "../../src/terraform/whole-stack";
import { badStacks, goodStacks } from "./bad-stacks";
import { foundInEstate, foundInStack } from "./estate-found";
import type { Fragment } from "./fragment";
import { allow, policyOf, rolePolicy } from "./statements";

const arn = "arn:aws:sqs:us-east-1:111122223333:reviews";
const policy = (written: JsonObject[string]): Fragment => ({ aws_iam_role_policy: { worker: { policy: written } } });

describe("a stack is refused, by address, that holds", () => {
  it.each(badStacks)("%s", (_, json, reason) => {
    expect(() => wholeStack("fragment", json)).toThrow(new Error(reason));
  });
});

describe("a stack is read that holds", () => {
  it.each(goodStacks)("%s", (_, resource) => {
    expect(wholeStack("fragment", { resource }).resources).toHaveLength(
      Object.keys(resource.aws_sqs_queue as JsonObject).length,
    );
  });
});

describe("a policy is a finding, by stack, resource and attribute, that", () => {
  it.each<[string, JsonObject[string], string]>([
    ["is a number", 7, "7 is neither JSON nor a policy document of the estate"],
    [
      "is an object, not text",
      { Statement: [] },
      '{"Statement":[]} is neither JSON nor a policy document of the estate',
    ],
    ["is a list", "[]", "the policy holds no Statement"],
    ["has no statement", '{"Version":"2012-10-17"}', "the policy holds no Statement"],
    ["has a text for a statement", '{"Statement":["all"]}', 'the policy holds "all" where an object is expected'],
    ["has no effect", policyOf({ Action: "sqs:SendMessage", Resource: arn }), "a statement has no Effect"],
    [
      "has an effect that AWS does not know",
      policyOf({ Effect: "allow", Action: "sqs:SendMessage", Resource: arn }),
      'a statement has Effect "allow"; allowed are Allow and Deny',
    ],
    ["names no action", policyOf({ Effect: "Allow", Resource: arn }), "a statement names no action"],
    ["has a list of no actions", policyOf(allow([], arn)), "a statement names no action"],
    [
      "has a number for an action",
      policyOf({ Effect: "Allow", Action: 7, Resource: arn }),
      "a statement has 7 where an action is expected",
    ],
    [
      "has an empty action",
      policyOf(allow(["sqs:SendMessage", ""], arn)),
      'a statement has "" where an action is expected',
    ],
    [
      "has a number for a principal",
      policyOf(allow("sqs:SendMessage", arn, { Principal: 7 })),
      "the policy holds 7 where an object is expected",
    ],
  ])("%s", (_, written, reason) => {
    expect(foundInStack(iam07, policy(written))).toEqual([
      `data: aws_iam_role_policy.worker has a policy that cannot be read: aws_iam_role_policy.worker.policy: ${reason}.`,
    ]);
  });

  /** What comes after is the parser's own word for it, which differs from one Node.js to the next. */
  it.each([
    ["is no JSON", "{ Statement"],
    ["is a word", "everything"],
    ["is cut off", policyOf(allow("sqs:SendMessage", arn)).slice(0, -5)],
    ["is blank", "  "],
  ])("%s", (_, written) => {
    const [line, second] = foundInStack(iam07, policy(written));

    expect(line).toMatch(
      /^data: aws_iam_role_policy\.worker has a policy that cannot be read: aws_iam_role_policy\.worker\.policy: the policy is not JSON: .+\.$/,
    );
    expect(second).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ["has an invented action", "sqs:SendMessages", "sqs:SendMessages"],
    ["has an action of an invented service", "pigeon:SendMessage", "pigeon:SendMessage"],
    ["has every action of an invented service", "pigeon:*", "pigeon:*"],
    ["has an action without a service", "SendMessage", "SendMessage"],
    ["has more behind an action", "sqs:SendMessage:Now", "sqs:SendMessage:Now"],
    ["has a path for a service", "../sqs:SendMessage", "../sqs:SendMessage"],
  ])("%s", (_, action, invented) => {
    expect(foundInStack(iam07, rolePolicy(allow(action, arn)))).toEqual([
      `data: aws_iam_role_policy.worker names actions that AWS does not have: ${invented}.`,
    ]);
  });

  it("includes itself by way of another stack", () => {
    const output = (stack: string) =>
      `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.rights}`;
    const stack = (other: string, more: JsonObject = {}): JsonObject => ({
      data: { aws_iam_policy_document: { rights: { source_policy_documents: [output(other)] } } },
      output: { rights: { value: "${data.aws_iam_policy_document.rights.json}" } },
      ...more,
    });
    const holder = { resource: policy("${data.aws_iam_policy_document.rights.json}") as JsonObject };

    expect(foundInEstate(iam07, { data: stack("service", holder), service: stack("data") })).toEqual([
      "data: aws_iam_role_policy.worker has a policy that cannot be read: data.aws_iam_policy_document.rights: it includes itself.",
    ]);
  });
});

it("the check of an environment says where a policy cannot be read, why that matters and what to write", () => {
  const estate = estateOf([wholeStack("data", { resource: policy("[]") as JsonObject })]);
  const facts = { config: loadEnvironment("production"), file: "environments/production.ts", today: "2026-11-24" };

  expect(policyCheck(estate, facts).findings).toContain(
    "IAM-07: data/aws_iam_role_policy.worker (aws_iam_role_policy.worker) has a policy that cannot be read: aws_iam_role_policy.worker.policy: the policy holds no Statement. No rule judges what it cannot read, and a misspelt action allows nothing, or denies nothing. Write the policy as JSON (JSON.stringify, not jsonencode), or as an aws_iam_policy_document of the same stack.",
  );
});
