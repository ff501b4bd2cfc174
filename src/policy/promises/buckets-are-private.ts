import { flag, text } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import { companions } from "../companions";
import type { Rule } from "../rule";

const flags = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const bucketsArePrivate: Rule = {
  id: "buckets-are-private",
  promise: "Every bucket blocks public access in all four ways.",
  why: "One public statement or grant would show its objects to anyone.",
  *violations(estate) {
    for (const bucket of managedResources(estate, "aws_s3_bucket")) {
      const [block] = companions(
        estate,
        "aws_s3_bucket_public_access_block",
        "bucket",
        bucket,
        text(bucket, "bucket") ?? "",
      );
      const open = flags.filter((name) => !block || flag(block, name) !== true);
      if (open.length > 0) yield { at: bucket, message: `allows public access; set ${open.join(", ")} to true.` };
    }
  },
};
