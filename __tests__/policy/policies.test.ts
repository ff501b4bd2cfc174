import { isOpenAllow } from "../../src/policy/policies";
import { parsePolicy } from "../../src/terraform/policy-json";

const isOpen = (statement: object): boolean =>
  parsePolicy(
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", ...statement }] }),
    "policy",
    (value) => ({ kind: "literal", value }),
  ).some(isOpenAllow);

const when = (operator: string, key: string) => ({ Principal: "*", Condition: { [operator]: { [key]: "x" } } });

describe("an Allow", () => {
  it.each([
    ["for everybody", { Principal: "*" }],
    ["for every AWS principal", { Principal: { AWS: ["111122223333", "*"] } }],
    ["for all but some", { NotPrincipal: { AWS: "111122223333" } }],
    ["over TLS only", when("Bool", "aws:SecureTransport")],
    ["for a header that anybody can send", when("StringEquals", "aws:Referer")],
    ["from everywhere but one account", when("StringNotEquals", "aws:PrincipalAccount")],
  ])("%s is open", (_, statement) => {
    expect(isOpen(statement)).toBe(true);
  });

  it.each([
    ["for an account", { Principal: { AWS: "111122223333" } }],
    ["for everybody of an account", when("StringEquals", "aws:PrincipalAccount")],
    ["for everybody of an account, in another spelling", when("stringequals", "AWS:principalaccount")],
    ["through one service", when("StringEquals", "kms:ViaService")],
    ["for one secret's key", when("StringEquals", "kms:EncryptionContext:SecretARN")],
    ["that denies", { Effect: "Deny", Principal: "*" }],
  ])("%s is not", (_, statement) => {
    expect(isOpen(statement)).toBe(false);
  });
});
