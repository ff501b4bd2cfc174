import type { Resource } from "../../terraform/estate";
import type { Look } from "../look";
import { isOpenAllow, policyOf } from "../policies";
import type { SecurityRule } from "../security-rule";

const keyTypes = [
  "aws_kms_key",
  "aws_kms_external_key",
  "aws_kms_replica_key",
  "aws_kms_replica_external_key",
] as const;

export const kms02: SecurityRule = {
  id: "KMS-02",
  scope: "linked",
  demand: "Each key has a policy, and none of its statements allows anything to everybody.",
  why: "The key policy is the last word on who may decrypt; one that is open gives away all that the key protects.",
  covers: ["CKV_AWS_33", "CKV2_AWS_64"],
  *check(look) {
    for (const key of look.resources(...keyTypes)) {
      if (look.isSet(key, "policy") || hasPolicyOfItsOwn(look, key)) continue;
      yield {
        at: key,
        message: "has no policy.",
        fix: "Write one in policy: the account's root for administration, and who uses the key for what.",
      };
    }
    for (const at of look.resources(...keyTypes, "aws_kms_key_policy")) {
      const open = policyOf(at, "policy").statements.find(isOpenAllow);
      if (open === undefined) continue;
      yield {
        at,
        message: `has a policy that allows everybody in${open.sid === undefined ? "" : `, by ${open.sid}`}.`,
        fix: "Name roles or services in Principal, or add a condition on kms:CallerAccount or kms:ViaService.",
      };
    }
  },
};

const hasPolicyOfItsOwn = (look: Look, key: Resource): boolean =>
  look.linked(key, "aws_kms_key_policy", "key_id").some((policy) => look.isSet(policy, "policy"));
