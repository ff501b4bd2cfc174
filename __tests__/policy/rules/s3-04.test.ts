import { s304 } from "../../../src/policy/rules/s3-04-buckets-tell-of-access";
import type { JsonObject } from "../../../src/terraform/json";
import { type Fragment, found } from "../fragment";

const own = "${aws_s3_bucket.ui.id}";
const bucket = (more: JsonObject = {}): Fragment => ({ aws_s3_bucket: { ui: { bucket: "ui", ...more } } });
const logging = (name: string, target: string): Fragment => ({
  aws_s3_bucket_logging: { any: { bucket: name, target_bucket: target, target_prefix: "x/" } },
});
const events = (more: JsonObject = { eventbridge: true }): Fragment => ({
  aws_s3_bucket_notification: { ui: { bucket: own, ...more } },
});
const viewed = (logs: string): Fragment => ({
  aws_cloudfront_distribution: { ui: { logging_config: { bucket: logs } } },
});
const silent = "aws_s3_bucket.ui writes no access logs.";

describe("S3-04", () => {
  it.each<[string, Fragment]>([
    ["logs", { ...bucket(), ...logging(own, "logs"), ...events() }],
    ["logs inline", { ...bucket({ logging: { target_bucket: "logs" } }), ...events() }],
    ["holds the logs of another, by name", { ...bucket(), ...logging("other", "ui"), ...events() }],
    ["holds the logs of another, by reference", { ...bucket(), ...logging("other", own), ...events() }],
    ["holds the logs of a distribution", { ...bucket(), ...viewed("ui.s3.us-east-1.amazonaws.com"), ...events() }],
    ["holds them by reference", { ...bucket(), ...viewed("${aws_s3_bucket.ui.bucket_domain_name}"), ...events() }],
    [
      "tells a queue",
      { ...bucket({ logging: [{ target_bucket: "logs" }] }), ...events({ queue: [{ events: ["*"] }] }) },
    ],
    ["tells as somebody else says", events({ eventbridge: "${var.on}" })],
  ])("lets a bucket be that %s", (_, fragment) => {
    expect(found(s304, fragment)).toEqual([]);
  });

  it.each<[string, Fragment, string[]]>([
    ["writes no logs", { ...bucket(), ...events() }, [silent]],
    ["has a namesake's logs", { ...bucket(), ...logging("other", "ui-logs"), ...events() }, [silent]],
    ["stands beside a distribution", { ...bucket(), ...viewed("ui-logs.s3.amazonaws.com"), ...events() }, [silent]],
    ["tells nobody", { ...bucket(), ...logging(own, "logs") }, ["aws_s3_bucket.ui tells nobody of its objects."]],
    [
      "has an empty notification",
      events({ eventbridge: false }),
      ["aws_s3_bucket_notification.ui tells nobody of the bucket's objects."],
    ],
  ])("finds a bucket that %s", (_, fragment, messages) => {
    expect(found(s304, fragment)).toEqual(messages);
  });
});
