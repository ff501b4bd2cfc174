import type { Block } from "../../terraform/estate";
import { type BucketSetting, bucketsOf, bucketsWithout, settingsOf } from "../buckets";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule, Weakness } from "../security-rule";

const publicAccess: BucketSetting = { type: "aws_s3_bucket_public_access_block" };
const ownership: BucketSetting = { type: "aws_s3_bucket_ownership_controls" };
const flags = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;

/** Canned ACLs that let in everybody, or everybody with an AWS account (S3 User Guide, canned ACL). */
const publicAcls: readonly unknown[] = ["public-read", "public-read-write", "authenticated-read"];

export const s301: SecurityRule = {
  id: "S3-01",
  scope: "linked",
  demand: "A bucket blocks public access by all four flags, takes no ACLs, and has no public one.",
  why: "One slip in a policy or an ACL opens the bucket to the internet.",
  covers: [
    ...["CKV_AWS_20", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV_AWS_57", "CKV_AWS_375"],
    ...["CKV_AWS_379", "CKV2_AWS_6", "CKV2_AWS_43", "CKV2_AWS_65"],
    ...["AWS-0086", "AWS-0087", "AWS-0091", "AWS-0092", "AWS-0093", "AWS-0094"],
  ],
  *check(look) {
    for (const at of bucketsWithout(look, publicAccess)) {
      const fix = `Add an ${publicAccess.type} with ${flags.join(", ")} true.`;
      yield { at, message: "does not block public access.", fix };
    }
    for (const { at, block } of settingsOf(look, publicAccess)) {
      const off = flags.filter((flag) => !isOn(look, block, flag));
      if (off.length > 0) {
        yield { at, message: `leaves ${off.join(", ")} off.`, fix: `Set ${off.join(", ")} to true.` };
      }
    }
    for (const at of bucketsWithout(look, ownership)) {
      const fix = `Add an ${ownership.type} with object_ownership BucketOwnerEnforced.`;
      yield { at, message: "does not say that its owner owns every object.", fix };
    }
    for (const { at, block } of settingsOf(look, ownership)) {
      const isEnforced = look.blocks(block, "rule").some((rule) => look.holds(rule, "object_ownership", isOwners));
      if (!isEnforced) {
        yield { at, message: "lets ACLs count.", fix: "Set object_ownership to BucketOwnerEnforced." };
      }
    }
    yield* publicGrants(look);
  },
};

const isOwners = (ownership: unknown): boolean => ownership === "BucketOwnerEnforced";

function* publicGrants(look: Look): Iterable<Weakness> {
  const fix = "Remove the ACL; let the bucket policy say who may read.";
  for (const at of [...bucketsOf(look), ...look.resources("aws_s3_bucket_acl")]) {
    const acl = look.text(at, "acl");
    if (publicAcls.includes(acl)) yield { at, message: `has the public ACL ${acl}.`, fix };
    const policies = look.blocks(at, "access_control_policy");
    const grants = [at, ...policies].flatMap((holder) => look.blocks(holder, "grant"));
    const grantees = grants.flatMap((grant) => [grant, ...look.blocks(grant, "grantee")]);
    if (grantees.some((grantee) => isPublic(look, grantee))) yield { at, message: "grants access to everybody.", fix };
  }
}

const isPublic = (look: Look, grantee: Block): boolean =>
  /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(look.text(grantee, "uri") ?? "");
