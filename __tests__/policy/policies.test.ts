import { isOpenAllow } from "../../src/policy/policies";
import { parsePolicy } from "../../src/terraform/policy-json";

const isOpen = (statement: object): boolean =>
  parsePolicy(
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", ...statement }] }),
    "policy",
    (value) => ({ kind: "literal", value }),
  ).some(isOpenAllow);

const when = (operator: string, key: string, value = "x") => ({
  Principal: "*",
  Condition: { [operator]: { [key]: value } },
});

describe("an Allow", () => {
  it.each([
    ["for everybody", { Principal: "*" }],
    ["for every AWS principal", { Principal: { AWS: ["111122223333", "*"] } }],
    ["for all but some", { NotPrincipal: { AWS: "111122223333" } }],
    ["over TLS only", when("Bool", "aws:SecureTransport")],
    ["for a header that anybody can send", when("StringEquals", "aws:Referer")],
    ["from everywhere but one account", when("StringNotEquals", "aws:PrincipalAccount")],
    ["for whoever has an ARN", when("Null", "aws:PrincipalArn", "false")],
    ["for an organisation, and for whoever has none", when("StringEqualsIfExists", "aws:PrincipalOrgID")],
    ["for accounts, and for whoever has none", when("ForAllValues:StringEquals", "aws:PrincipalAccount")],
    ["for whatever account", when("StringLike", "aws:PrincipalAccount", "*")],
    ["for things of whatever account", when("ArnLike", "aws:SourceArn", "arn:aws:*:*:*:*")],
    ["for roles of whatever account", when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*")],
  ])("%s is open", (_, statement) => {
    expect(isOpen(statement)).toBe(true);
  });

  it.each([
    ["for an account", { Principal: { AWS: "111122223333" } }],
    ["for everybody of an account", when("StringEquals", "aws:PrincipalAccount")],
    ["for everybody of an account, in another spelling", when("stringequals", "AWS:principalaccount")],
    ["for roles of an account", when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*")],
    ["for a bucket of an untold account", when("ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:uploads")],
    ["through one service", when("StringEquals", "kms:ViaService")],
    ["for one secret's key", when("StringEquals", "kms:EncryptionContext:SecretARN")],
    ["that denies", { Effect: "Deny", Principal: "*" }],
  ])("%s is not", (_, statement) => {
    expect(isOpen(statement)).toBe(false);
  });
});
