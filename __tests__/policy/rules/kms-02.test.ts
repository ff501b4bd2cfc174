import { kms02 } from "../../../src/policy/rules/kms-02-key-policies-name-who";
import { type Fragment, found } from "../fragment";

const statement = (more: object) => ({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", ...more });
const policy = (more: object) => JSON.stringify({ Statement: [statement(more)] });
const root = { Principal: { AWS: "arn:aws:iam::111122223333:root" } };
const caller = { Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } } };
const document = (type: string, identifiers: string[]): Fragment => ({
  aws_iam_policy_document: { own: { statement: { actions: ["kms:Decrypt"], principals: { type, identifiers } } } },
});

describe("KMS-02", () => {
  it.each([
    ["names the account", policy(root)],
    ["is for everybody of one account", policy({ Principal: "*", ...caller })],
    ["denies everybody", policy({ Principal: "*", Effect: "Deny" })],
    ["stands elsewhere", "${data.aws_iam_policy_document.elsewhere.json}"],
  ])("lets a policy be that %s", (_, written) => {
    expect(found(kms02, { aws_kms_key: { data: { policy: written } } })).toEqual([]);
  });

  it.each([
    ["*", policy({ Principal: "*" })],
    ["AWS *", policy({ Principal: { AWS: ["*"] } })],
    ["* over TLS", policy({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    ["* but one", policy({ Principal: "*", Condition: { StringNotEquals: { "kms:CallerAccount": "1" } } })],
  ])("finds a policy for %s, inline and by itself", (_, written) => {
    const message = "has a policy that allows everybody in.";
    expect(found(kms02, { aws_kms_key: { data: { policy: written } } })).toEqual([`aws_kms_key.data ${message}`]);
    expect(
      found(kms02, {
        aws_kms_key: { data: {} },
        aws_kms_key_policy: { data: { key_id: "${aws_kms_key.data.id}", policy: written } },
      }),
    ).toEqual([`aws_kms_key_policy.data ${message}`]);
  });

  it("reads a policy document", () => {
    const key = { aws_kms_key: { data: { policy: "${data.aws_iam_policy_document.own.json}" } } };
    expect(found(kms02, key, document("AWS", ["arn:aws:iam::111122223333:root"]))).toEqual([]);
    expect(found(kms02, key, document("AWS", ["*"]))).toHaveLength(1);
  });

  it("asks for a policy, and takes one by itself", () => {
    expect(found(kms02, { aws_kms_key: { data: {} } })).toEqual(["aws_kms_key.data has no policy."]);
    expect(
      found(kms02, {
        aws_kms_key: { data: {} },
        aws_kms_key_policy: { other: { key_id: "${aws_kms_key.data.key_id}", policy: policy(root) } },
      }),
    ).toEqual([]);
  });
});
