import { block, blocks, text } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import { companions } from "../companions";
import type { Rule } from "../rule";

const type = "aws_s3_bucket_server_side_encryption_configuration";

export const bucketsAreEncrypted: Rule = {
  id: "buckets-are-encrypted",
  promise: "Every bucket says how it encrypts.",
  why: "What is not written down can be changed by hand without a plan showing it.",
  *violations(estate) {
    for (const bucket of managedResources(estate, "aws_s3_bucket")) {
      const algorithms = companions(estate, type, "bucket", bucket, text(bucket, "bucket") ?? "")
        .flatMap((configuration) => blocks(configuration, "rule"))
        .map((rule) => block(rule, "apply_server_side_encryption_by_default"))
        .map((byDefault) => byDefault && text(byDefault, "sse_algorithm"));
      if (!algorithms.some((algorithm) => algorithm === "aws:kms" || algorithm === "AES256")) {
        yield { at: bucket, message: `has no default encryption; add ${type}.` };
      }
    }
  },
};
