import { trl01 } from "../../../src/policy/rules/trl-01-the-trail-sees-everything";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const whole: JsonObject = {
  is_multi_region_trail: true,
  enable_log_file_validation: "true",
  kms_key_id: "${aws_kms_key.trail.arn}",
  cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.trail.arn}:*",
  sns_topic_name: "trail",
};
const trail = (changed: JsonObject) => found(trl01, { aws_cloudtrail: { main: { ...whole, ...changed } } });

describe("TRL-01", () => {
  it.each<JsonObject>([
    {},
    { enable_logging: true },
    { is_multi_region_trail: "${var.all}" },
    { event_selector: [{ data_resource: [] }] },
    { event_selector: [{ include_management_events: false }, { read_write_type: "All" }] },
  ])("lets a trail be %j", (changed) => {
    expect(trail(changed)).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ is_multi_region_trail: false }, "records one region."],
    [{ enable_log_file_validation: null }, "does not prove its files."],
    [{ enable_logging: false }, "is off."],
    [{ include_global_service_events: false }, "leaves out IAM and the other services without a region."],
    [{ event_selector: [{ include_management_events: false }] }, "does not record every management event."],
    [{ event_selector: [{ read_write_type: "WriteOnly" }] }, "does not record every management event."],
    [{ kms_key_id: "" }, "is not encrypted with a customer key."],
    [{ kms_key_id: "alias/aws/cloudtrail" }, "is not encrypted with a customer key."],
    [{ cloud_watch_logs_group_arn: null }, "goes to no log group, so that no alarm can watch it."],
    [{ sns_topic_name: null }, "tells no topic of new files."],
  ])("finds that a trail with %j %s", (changed, message) => {
    expect(trail(changed)).toEqual([`aws_cloudtrail.main ${message}`]);
  });
});
