import type { Resource } from "../../terraform/estate";
import { type BucketSetting, bucketsOf, namesBucket, settingsOf, settingsOfBucket } from "../buckets";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const logging: BucketSetting = { type: "aws_s3_bucket_logging", inline: "logging" };
const notification = "aws_s3_bucket_notification";
const receivers = ["topic", "queue", "lambda_function"] as const;

export const s304: SecurityRule = {
  id: "S3-04",
  scope: "linked",
  demand: "A bucket writes access logs, unless it holds such logs itself, and tells EventBridge of its objects.",
  why: "Nobody can tell who read or removed an object, and nothing can react to it.",
  covers: ["CKV_AWS_18", "CKV2_AWS_62", "AWS-0089", "AWS-0163"],
  *check(look) {
    for (const at of bucketsOf(look)) {
      if (settingsOfBucket(look, at, logging).length === 0 && !isLogTarget(look, at)) {
        yield {
          at,
          message: "writes no access logs.",
          fix: `Add an ${logging.type} with the log bucket as target_bucket.`,
        };
      }
      if (look.linked(at, notification, "bucket").length === 0) {
        yield { at, message: "tells nobody of its objects.", fix: `Add an ${notification} with eventbridge true.` };
      }
    }
    for (const at of look.resources(notification)) {
      if (isOn(look, at, "eventbridge") || receivers.some((name) => look.blocks(at, name).length > 0)) continue;
      yield { at, message: "tells nobody of the bucket's objects.", fix: "Set eventbridge to true." };
    }
  },
};

/** Whether another bucket, or a distribution, writes its access logs here. */
const isLogTarget = (look: Look, bucket: Resource): boolean =>
  settingsOf(look, logging).some(({ block }) => namesBucket(look, block, "target_bucket", bucket)) ||
  look
    .resources("aws_cloudfront_distribution")
    .flatMap((distribution) => look.blocks(distribution, "logging_config"))
    .some((config) => namesBucket(look, config, "bucket", bucket));
