import { syntheticPlan } from "../../../src/policy/scan/synthetic-plan";
import type { JsonObject } from "../../../src/terraform/json";

const root: JsonObject = {
  provider: { aws: [{ region: "us-east-1" }] },
  data: {
    aws_iam_policy_document: {
      base: { statement: [{ sid: "Read", actions: ["s3:GetObject"], resources: ["*"] }] },
      own: {
        "//": { metadata: { path: "service/own" } },
        source_policy_documents: ["${data.aws_iam_policy_document.base.json}"],
        statement: [
          {
            effect: "Deny",
            actions: ["s3:*"],
            resources: ["${aws_s3_bucket.ui.arn}/*"],
            principals: [{ type: "*", identifiers: ["*"] }],
            condition: [
              { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
              { test: "StringEquals", variable: "aws:PrincipalAccount", values: ["111122223333"] },
            ],
          },
          { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }] },
        ],
      },
    },
  },
  resource: {
    aws_iam_role_policy: {
      own: {
        "//": { metadata: { path: "service/role-policy" } },
        policy: "${data.aws_iam_policy_document.own.json}",
        role: "${aws_iam_role.own.name}",
      },
    },
  },
};

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] },
    {
      Effect: "Deny",
      Action: ["s3:*"],
      Resource: ["${aws_s3_bucket.ui.arn}/*"],
      Principal: "*",
      Condition: {
        Bool: { "aws:SecureTransport": ["false"] },
        StringEquals: { "aws:PrincipalAccount": ["111122223333"] },
      },
    },
    { Effect: "Allow", Action: ["sts:AssumeRole"], Principal: { Service: ["lambda.amazonaws.com"] } },
  ],
});

describe("the synthetic plan", () => {
  it("is what Terraform would print of a first plan, with documents as text, no data source and no comment", () => {
    const resource = {
      address: "aws_iam_role_policy.own",
      mode: "managed",
      type: "aws_iam_role_policy",
      name: "own",
    };
    const provider = { provider_name: "registry.terraform.io/hashicorp/aws" };
    const values = { policy, role: "${aws_iam_role.own.name}" };

    expect(syntheticPlan(root)).toEqual({
      format_version: "1.2",
      terraform_version: "1.11.0",
      planned_values: { root_module: { resources: [{ ...resource, ...provider, schema_version: 0, values }] } },
      resource_changes: [
        {
          ...resource,
          ...provider,
          change: { actions: ["create"], before: null, after: values, after_unknown: {} },
        },
      ],
      configuration: {
        root_module: {
          resources: [{ ...resource, provider_config_key: "aws", expressions: {}, schema_version: 0 }],
        },
      },
    });
  });

  it("puts a later statement in the place of an earlier one with the same sid, as the provider does", () => {
    const allow = (action: string) => ({ sid: "Use", actions: [action], resources: ["*"] });
    const plan = syntheticPlan({
      data: {
        aws_iam_policy_document: {
          strict: { statement: allow("s3:GetObject") },
          own: {
            statement: allow("s3:*"),
            override_policy_documents: ["${data.aws_iam_policy_document.strict.json}"],
          },
        },
      },
      resource: { aws_iam_policy: { own: { policy: "${data.aws_iam_policy_document.own.json}" } } },
    });

    expect(plan.planned_values).toHaveProperty(
      "root_module.resources[0].values.policy",
      '{"Version":"2012-10-17","Statement":[{"Sid":"Use","Effect":"Allow","Action":["s3:GetObject"],"Resource":["*"]}]}',
    );
  });

  it("refuses a document that is not there", () => {
    const resource = { aws_iam_policy: { own: { policy: "${data.aws_iam_policy_document.gone.json}" } } };

    expect(() => syntheticPlan({ resource })).toThrow(
      "data.aws_iam_policy_document.gone: no such policy document was read",
    );
  });

  it("refuses documents that include each other", () => {
    const including = (name: string) => ({
      source_policy_documents: [`\${data.aws_iam_policy_document.${name}.json}`],
    });

    expect(() =>
      syntheticPlan({
        data: { aws_iam_policy_document: { one: including("two"), two: including("one") } },
        resource: { aws_iam_policy: { own: { policy: "${data.aws_iam_policy_document.one.json}" } } },
      }),
    ).toThrow("data.aws_iam_policy_document.one: it includes itself");
  });
});
