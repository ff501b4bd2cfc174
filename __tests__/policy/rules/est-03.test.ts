import { est03 } from "../../../src/policy/rules/est-03-functions-stay-within-the-estate";
import type { Json, JsonObject } from "../../../src/terraform/json";
import { foundInStack } from "../estate-found";

const policy = (...statements: JsonObject[]) => ({
  role: "${aws_iam_role.api.name}",
  policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});
const allow = (Action: Json, Resource: Json): JsonObject => ({ Effect: "Allow", Action, Resource });
const api = {
  aws_lambda_function: { api: { function_name: "acme-production-api", role: "${aws_iam_role.api.arn}" } },
  aws_iam_role: { api: { name: "acme-production-api" }, other: { name: "acme-production-other" } },
  aws_s3_bucket: { own: { bucket: "uploads-of-acme" } },
  aws_secretsmanager_secret_rotation: {
    theirs: { secret_id: "arn:aws:secretsmanager:us-east-1:111122223333:secret:partner-AbCdEf" },
  },
};
const acting = (...resources: Json[]) =>
  foundInStack(est03, { ...api, aws_iam_role_policy: { own: policy(allow("s3:GetObject", resources)) } });

describe("EST-03", () => {
  it.each<Json>([
    "*",
    "${aws_s3_bucket.own.arn}",
    "${aws_s3_bucket.own.arn}/*",
    "arn:aws:s3:::uploads-of-acme/*",
    "arn:aws:s3:::acme-production-logs-111122223333",
    "arn:aws:dynamodb:us-east-1:111122223333:table/acme-production-reviews/index/*",
    "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/acme-production-api:*",
    "arn:aws:glue:us-east-1:111122223333:database/acme_production_logs",
    "arn:aws:ec2:us-east-1:111122223333:subnet/${aws_s3_bucket.own.id}",
    "arn:aws:ec2:us-east-1:111122223333:*/*",
    "arn:aws:apigateway:us-east-1::/apikeys",
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:partner-AbCdEf",
    "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v1:0",
    "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-v1:0",
    "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
  ])("lets a function act on %j", (resource) => {
    expect(acting(resource)).toEqual([]);
  });

  it.each<[string, string]>([
    ["arn:aws:sqs:us-east-1:999999999999:acme-production-reviews", "is of an account that is not the estate's"],
    ["arn:aws:sqs:us-east-1:*:acme-production-reviews", "is of an account that is not the estate's"],
    ["arn:aws:bedrock:us-east-1:999999999999:guardrail/abc", "is of an account that is not the estate's"],
    ["arn:aws:sqs:eu-west-1:111122223333:acme-production-a", "is of a region in which the estate has nothing"],
    ["arn:aws:sqs:us-east-1:111122223333:acme-staging-reviews", "is named like nothing of the estate"],
    ["arn:aws:s3:::acme-terraform-state/*", "is named like nothing of the estate"],
    ["arn:aws:s3:::not-acme-production-logs", "is named like nothing of the estate"],
    ["acme-production-reviews", "is no ARN"],
  ])("finds a function that acts on %s", (resource, reason) => {
    expect(acting("*", resource)).toEqual([
      `data: aws_iam_role_policy.own lets a function act on ${resource}, which ${reason}.`,
    ]);
  });

  it("finds an ARN that leads out of the estate, also in a document", () => {
    expect(acting("${var.bucket}/*")).toEqual([
      "data: aws_iam_role_policy.own names ${var.bucket}, which leads out of this estate.",
    ]);
    const data = {
      aws_iam_policy_document: {
        own: { statement: [{ actions: ["s3:GetObject"], resources: ["${aws_s3_bucket.gone.arn}/*"] }] },
      },
    };
    const written = { role: "acme-production-api", policy: "${data.aws_iam_policy_document.own.json}" };
    expect(foundInStack(est03, { ...api, aws_iam_role_policy: { own: written } }, data)).toEqual([
      "data: aws_iam_role_policy.own names ${aws_s3_bucket.gone.arn}, which leads out of this estate.",
    ]);
  });

  it("leaves alone what a function may not do, and roles of others", () => {
    const foreign = "arn:aws:s3:::somebody-elses/*";
    const denied = policy({ ...allow("s3:*", foreign), Effect: "Deny" });
    const others = { ...policy(allow("s3:GetObject", foreign)), role: "${aws_iam_role.other.name}" };

    expect(foundInStack(est03, { ...api, aws_iam_role_policy: { denied, others } })).toEqual([]);
  });

  it("finds a role or a policy that stands elsewhere", () => {
    const lambda = { function_name: "acme-production-api", role: "arn:aws:iam::111122223333:role/theirs" };
    const attached = {
      role: "${aws_iam_role.api.name}",
      policy_arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
    };

    expect(foundInStack(est03, { ...api, aws_lambda_function: { api: lambda } })).toEqual([
      "data: aws_lambda_function.api runs as a role that stands elsewhere, so that nobody can tell what it may do.",
    ]);
    expect(foundInStack(est03, { ...api, aws_iam_role_policy_attachment: { theirs: attached } })).toEqual([
      "data: aws_iam_role_policy_attachment.theirs gives a function a policy that is not written in this estate.",
    ]);
  });

  it("finds a policy of the estate that is attached", () => {
    const aws_iam_policy = { shared: policy(allow("s3:GetObject", "arn:aws:s3:::theirs/*")) };
    const attached = { role: "${aws_iam_role.api.name}", policy_arn: "${aws_iam_policy.shared.arn}" };

    expect(
      foundInStack(est03, { ...api, aws_iam_policy, aws_iam_role_policy_attachment: { shared: attached } }),
    ).toEqual([
      "data: aws_iam_policy.shared lets a function act on arn:aws:s3:::theirs/*, which is named like nothing of the estate.",
    ]);
  });

  it("finds a role that rewrites and runs functions, but not one that does either", () => {
    const arn = "arn:aws:lambda:us-east-1:111122223333:function:acme-production-other";
    const given = (...actions: string[]) =>
      foundInStack(est03, {
        ...api,
        aws_iam_role_policy: Object.fromEntries(
          actions.map((action, index) => [`p${index}`, policy(allow(action, arn))]),
        ),
      });

    expect(given("lambda:UpdateFunctionCode")).toEqual([]);
    expect(given("lambda:InvokeFunction")).toEqual([]);
    expect(given("lambda:UpdateFunctionCode", "lambda:Invoke*")).toEqual([
      "data: aws_iam_role.api may change the code of a function and run it.",
    ]);
  });
});
