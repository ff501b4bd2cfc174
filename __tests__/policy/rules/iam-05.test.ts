import { iam05 } from "../../../src/policy/rules/iam-05-trust-names-the-caller";
import type { JsonObject } from "../../../src/terraform/json";
import { addresses, found } from "../fragment";
import { trusting } from "../statements";

const github = "token.actions.githubusercontent.com";
const trust = (principal: JsonObject | string, condition: JsonObject = {}): JsonObject => ({
  Effect: "Allow",
  Principal: principal,
  Action: "sts:AssumeRole",
  Condition: condition,
});
const token = (sub: string | string[], operator = "StringLike", aud = "sts.amazonaws.com"): JsonObject =>
  trust(
    { Federated: `arn:aws:iam::111122223333:oidc-provider/${github}` },
    { StringEquals: { [`${github}:aud`]: aud }, [`${operator}`]: { [`${github}:sub`]: sub } },
  );
const stranger = "can be taken by workflows of GitHub that are not of one repository and one branch or environment.";

describe("IAM-05", () => {
  it.each<[string, JsonObject]>([
    ["a service", trust({ Service: "lambda.amazonaws.com" })],
    ["a role", trust({ AWS: "arn:aws:iam::111122223333:role/deploy" })],
    ["a role of elsewhere", trust({ AWS: "${aws_iam_role.deploy.arn}" })],
    ["an account under a condition", trust({ AWS: "111122223333" }, { StringEquals: { "sts:ExternalId": "7" } })],
    ["an organisation", trust("*", { StringEquals: { "aws:PrincipalOrgID": "o-1" } })],
    ["a branch", token("repo:acme/reviews:ref:refs/heads/release-*")],
    ["environments", token(["repo:acme/reviews:environment:production", "repo:acme/reviews:pull_request"])],
    ["an environment of an untold repository", token("repo:${var.repository}:environment:production")],
    ["nobody", { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }],
  ])("lets %s take a role", (_, statement) => {
    expect(found(iam05, trusting(statement))).toEqual([]);
  });

  const root = "arn:aws:iam::${data.aws_caller_identity.own.account_id}:root";
  it.each<[JsonObject, string]>([
    [trust("*"), "can be taken by everybody."],
    [trust({ AWS: ["*"] }, { Bool: { "aws:SecureTransport": "true" } }), "can be taken by everybody."],
    [
      { Effect: "Allow", NotPrincipal: { AWS: "111122223333" }, Action: "sts:AssumeRole" },
      "can be taken by all but a list.",
    ],
    [trust({ AWS: "111122223333" }), "can be taken by all of 111122223333."],
    [
      trust({ AWS: "111122223333" }, { StringLike: { "aws:PrincipalArn": "*" } }),
      "can be taken by all of 111122223333.",
    ],
    [trust({ AWS: root }), "can be taken by all of arn:aws:iam::…:root."],
    [token("repo:acme/*"), stranger],
    [token("repo:acme/reviews*:environment:production"), stranger],
    [token("repo:acme/reviews:*"), stranger],
    [token(["repo:acme/reviews:pull_request", "repo:*"]), stranger],
    [token("repo:acme/reviews:pull_request", "StringNotLike"), stranger],
    [token("repo:acme/reviews:pull_request", "ForAllValues:StringLike"), stranger],
    [
      token("repo:acme/reviews:pull_request", "StringLike", "https://github.com/acme"),
      "can be taken by a token of GitHub that was made for somebody else.",
    ],
  ])("finds that a role with %j %s", (statement, message) => {
    expect(found(iam05, trusting(statement))).toEqual([`aws_iam_role.reader ${message}`]);
  });

  const documented = (identifiers: string[]) => ({
    aws_iam_policy_document: {
      trust: { statement: { actions: ["sts:AssumeRole"], principals: [{ type: "AWS", identifiers }] } },
    },
  });

  it("knows the account by its reference", () => {
    const data = { aws_caller_identity: { own: {} }, ...documented(["${data.aws_caller_identity.own.account_id}"]) };
    const role = { aws_iam_role: { reader: { assume_role_policy: "${data.aws_iam_policy_document.trust.json}" } } };
    const elsewhere = documented(["${data.aws_caller_identity.own.account_id}"]);
    expect(found(iam05, role, data)).toEqual(["aws_iam_role.reader can be taken by all of this account."]);
    expect(found(iam05, role, elsewhere)).toEqual(["aws_iam_role.reader can be taken by all of this account."]);
  });

  it("knows GitHub by the provider's url", () => {
    const provider = { github: { url: `https://${github}` } };
    const open = trust({ Federated: "${aws_iam_openid_connect_provider.github.arn}" });
    expect(addresses(iam05, { aws_iam_openid_connect_provider: provider, ...trusting(open) })).toEqual([
      "aws_iam_role.reader",
    ]);
  });

  it("judges a document that no role uses by itself", () => {
    expect(addresses(iam05, {}, documented(["*"]))).toEqual(["data.aws_iam_policy_document.trust"]);
  });
});
