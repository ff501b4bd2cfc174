import { block, text } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import { companions } from "../companions";
import type { Rule } from "../rule";

export const bucketsKeepVersions: Rule = {
  id: "buckets-keep-versions",
  promise: "Every bucket keeps old versions.",
  why: "An overwritten or deleted object could not come back (FS-07, FS-08).",
  *violations(estate) {
    for (const bucket of managedResources(estate, "aws_s3_bucket")) {
      const enabled = companions(estate, "aws_s3_bucket_versioning", "bucket", bucket, text(bucket, "bucket") ?? "")
        .map((versioning) => block(versioning, "versioning_configuration"))
        .some((configuration) => configuration && text(configuration, "status") === "Enabled");
      if (!enabled)
        yield { at: bucket, message: "has no versioning; add aws_s3_bucket_versioning with status Enabled." };
    }
  },
};
