import { s301 } from "../../../src/policy/rules/s3-01-buckets-are-private";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const flags = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const owned = (object_ownership: string): JsonObject => ({ rule: { object_ownership } });
const apart = (bucket: string, block: JsonObject = flags, ownership: JsonObject = owned("BucketOwnerEnforced")) => ({
  aws_s3_bucket_public_access_block: { ui: { bucket, ...block } },
  aws_s3_bucket_ownership_controls: { ui: { bucket, ...ownership } },
});
const bucket = (more: JsonObject = {}) => ({ aws_s3_bucket: { ui: { bucket: "ui", ...more } } });
const own = "${aws_s3_bucket.ui.id}";

describe("S3-01", () => {
  it.each(["ui", own, "${aws_s3_bucket.ui.bucket}"])("lets a bucket be that is private by companions of %s", (name) => {
    expect(found(s301, { ...bucket(), ...apart(name) })).toEqual([]);
  });

  it("reads texts, blocks in lists and references that lead elsewhere", () => {
    const block = { ...flags, block_public_acls: "true", ignore_public_acls: "${var.on}" };
    expect(found(s301, apart("ui", block, { rule: [{ object_ownership: "BucketOwnerEnforced" }] }))).toEqual([]);
  });

  it("finds a bucket whose companions are another's", () => {
    expect(found(s301, { ...bucket(), ...apart("other") })).toEqual([
      "aws_s3_bucket.ui does not block public access.",
      "aws_s3_bucket.ui does not say that its owner owns every object.",
    ]);
  });

  it.each(Object.keys(flags))("finds that %s is off", (flag) => {
    const message = `aws_s3_bucket_public_access_block.ui leaves ${flag} off.`;
    expect(found(s301, apart("ui", { ...flags, [flag]: false }))).toEqual([message]);
    expect(found(s301, apart("ui", { ...flags, [flag]: null }))).toEqual([message]);
  });

  it.each(["BucketOwnerPreferred", "ObjectWriter"])("finds that %s lets ACLs count", (ownership) => {
    expect(found(s301, apart("ui", flags, owned(ownership)))).toEqual([
      "aws_s3_bucket_ownership_controls.ui lets ACLs count.",
    ]);
  });

  it.each(["public-read", "public-read-write", "authenticated-read"])("finds the public ACL %s", (acl) => {
    expect(found(s301, { ...bucket({ acl }), ...apart(own) })).toEqual([`aws_s3_bucket.ui has the public ACL ${acl}.`]);
    expect(found(s301, { aws_s3_bucket_acl: { ui: { bucket: "ui", acl } } })).toEqual([
      `aws_s3_bucket_acl.ui has the public ACL ${acl}.`,
    ]);
  });

  it.each(["AllUsers", "AuthenticatedUsers"])("finds grants to %s, and lets a private ACL be", (group) => {
    const grantee = { uri: `http://acs.amazonaws.com/groups/global/${group}` };
    const policy = { access_control_policy: [{ grant: [{ grantee: [grantee], permission: "READ" }] }] };
    expect(found(s301, { aws_s3_bucket_acl: { ui: policy } })).toEqual([
      "aws_s3_bucket_acl.ui grants access to everybody.",
    ]);
    expect(found(s301, { ...bucket({ grant: { ...grantee, permissions: ["READ"] } }), ...apart(own) })).toEqual([
      "aws_s3_bucket.ui grants access to everybody.",
    ]);
    expect(found(s301, { aws_s3_bucket_acl: { ui: { acl: "private" } } })).toEqual([]);
  });
});
