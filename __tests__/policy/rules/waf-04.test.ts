import { waf04 } from "../../../src/policy/rules/waf-04-logs-keep-no-credentials";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const header = (name: string) => ({ single_header: { name } });
const group = "arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-api";
const logging = (more: JsonObject = {}): JsonObject => ({
  resource_arn: "${aws_wafv2_web_acl.api.arn}",
  log_destination_configs: [group],
  redacted_fields: [header("authorization"), header("cookie")],
  ...more,
});
const of = (more: JsonObject = {}, groups: Record<string, JsonObject> = {}) =>
  found(waf04, {
    aws_wafv2_web_acl: { api: { name: "api" } },
    aws_wafv2_web_acl_logging_configuration: { api: logging(more) },
    aws_cloudwatch_log_group: groups,
  });
const own = (tail = "") => ({ log_destination_configs: [`\${aws_cloudwatch_log_group.logs.arn}${tail}`] });

describe("WAF-04", () => {
  it.each([
    ["a literal group", {}, {}],
    ["a group with the star behind it", { log_destination_configs: [`${group}:*`] }, {}],
    ["a group of the estate", own(), { logs: { name: "aws-waf-logs-api" } }],
    ["a group of the estate with the star", own(":*"), { logs: { name: "aws-waf-logs-api" } }],
    ["a group with a name prefix", own(), { logs: { name_prefix: "aws-waf-logs-" } }],
    ["a group elsewhere", { log_destination_configs: ["${var.group}"] }, {}],
    ["a bucket", { log_destination_configs: ["arn:aws:s3:::aws-waf-logs-api"] }, {}],
    [
      "a stream",
      { log_destination_configs: ["arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-api"] },
      {},
    ],
  ])("lets a log be that goes to %s", (_, more, groups) => {
    expect(of(more, groups)).toEqual([]);
  });

  it("reads headers in any case, and blocks in lists", () => {
    const fields = ["Authorization", "Cookie"].map((name) => ({ single_header: [{ name }] }));
    expect(of({ redacted_fields: fields })).toEqual([]);
  });

  it("finds an ACL that is not logged", () => {
    expect(found(waf04, { aws_wafv2_web_acl: { api: { name: "api" } } })).toEqual([
      "aws_wafv2_web_acl.api is not logged.",
    ]);
  });

  it.each([
    [{ redacted_fields: header("cookie") }, "keeps the authorization header in its log."],
    [{ redacted_fields: [header("authorization")] }, "keeps the cookie header in its log."],
    [{ redacted_fields: [] }, "keeps the authorization and cookie header in its log."],
    [
      { log_destination_configs: ["arn:aws:logs:us-east-1:111122223333:log-group:api"] },
      'logs to "arn:aws:logs:us-east-1:111122223333:log-group:api", which does not start with aws-waf-logs-.',
    ],
    [
      { log_destination_configs: ["arn:aws:logs:us-east-1:111122223333:log-group:/waf/aws-waf-logs-api"] },
      'logs to "arn:aws:logs:us-east-1:111122223333:log-group:/waf/aws-waf-logs-api", which does not start with aws-waf-logs-.',
    ],
    [{ log_destination_configs: [] }, "logs to nothing, which does not start with aws-waf-logs-."],
  ])("finds that a log with %j %s", (more, message) => {
    expect(of(more)).toEqual([`aws_wafv2_web_acl_logging_configuration.api ${message}`]);
  });

  it.each<JsonObject>([{ name: "firewall" }, { name_prefix: "firewall-" }])(
    "finds a group of the estate with %j",
    (logs) => {
      expect(of(own(), { logs })).toEqual([
        expect.stringContaining(
          "aws_wafv2_web_acl_logging_configuration.api logs to aws_cloudwatch_log_group.logs.arn",
        ),
      ]);
    },
  );
});
