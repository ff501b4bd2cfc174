import { kms01 } from "../../../src/policy/rules/kms-01-keys-turn-over";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const key = (attributes: JsonObject) => found(kms01, { aws_kms_key: { data: attributes } });

describe("KMS-01", () => {
  it.each([
    ["rotates", { enable_key_rotation: true, deletion_window_in_days: 30 }],
    ["rotates, written as a text", { enable_key_rotation: "true" }],
    ["only signs", { customer_master_key_spec: "ECC_NIST_P256", key_usage: "SIGN_VERIFY" }],
    ["rotates as somebody else says", { enable_key_rotation: "${var.rotation}" }],
  ])("lets a key be that %s", (_, attributes) => {
    expect(key(attributes)).toEqual([]);
  });

  it.each([
    [{}, "does not rotate."],
    [{ enable_key_rotation: false }, "does not rotate."],
    [{ enable_key_rotation: true, is_enabled: false }, "is disabled."],
    [{ enable_key_rotation: true, deletion_window_in_days: 7 }, "is gone 7 days after its deletion."],
  ])("finds that a key with %j %s", (attributes, message) => {
    expect(key(attributes)).toEqual([`aws_kms_key.data ${message}`]);
  });
});
