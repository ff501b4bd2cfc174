import { cdn04 } from "../../../src/policy/rules/cdn-04-origins-are-reached-safely";
import type { Json, JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const bucket = (id: string): JsonObject => ({
  origin_id: id,
  domain_name: `${id}.s3.us-east-1.amazonaws.com`,
  origin_access_control_id: "${aws_cloudfront_origin_access_control.ui.id}",
});
const group: JsonObject = {
  failover_criteria: { status_codes: [500, 502] },
  member: [{ origin_id: "ui" }, { origin_id: "ui-dr" }],
};
const both = [bucket("ui"), bucket("ui-dr")];
const distribution = (origin: Json, origin_group: Json = []) =>
  found(cdn04, { aws_cloudfront_distribution: { ui: { origin, origin_group } } });
const custom = (more: JsonObject = {}): JsonObject => ({
  origin_id: "api",
  custom_origin_config: { origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"], ...more },
});

describe("CDN-04", () => {
  it("lets two buckets be that stand in for each other", () => {
    expect(distribution(both, group)).toEqual([]);
    expect(distribution(both, [{ ...group, failover_criteria: [{ status_codes: [500] }] }])).toEqual([]);
  });

  it("takes a member that it cannot follow for right", () => {
    const member = [{ origin_id: "${var.first}" }, { origin_id: "${var.second}" }];
    expect(distribution(both, [{ ...group, member }])).toEqual([]);
  });

  it("finds a bucket that is read without access control", () => {
    const [first] = both;
    expect(distribution([first ?? null, { ...bucket("ui-dr"), origin_access_control_id: null }], [group])).toEqual([
      'aws_cloudfront_distribution.ui reads the origin "ui-dr" without access control.',
    ]);
  });

  it.each<[string, Json]>([
    ["no group", []],
    ["a group of others", { ...group, member: [{ origin_id: "x" }, { origin_id: "y" }] }],
    ["a group of one", { ...group, member: [{ origin_id: "ui" }] }],
    ["a group without criteria", { ...group, failover_criteria: [] }],
    ["a group with empty criteria", { ...group, failover_criteria: { status_codes: [] } }],
  ])("finds a bucket in %s", (_, origin_group) => {
    expect(distribution(bucket("ui"), origin_group)).toEqual([
      'aws_cloudfront_distribution.ui has nothing to fail over to from the origin "ui".',
    ]);
  });

  it.each<[string, JsonObject]>([
    ["TLS 1.2", {}],
    ["TLS 1.2 and 1.3", { origin_ssl_protocols: ["TLSv1.2", "TLSv1.3"] }],
    ["what somebody else says", { origin_ssl_protocols: "${var.protocols}", origin_protocol_policy: "${var.policy}" }],
  ])("lets another origin be that is asked with %s", (_, more) => {
    expect(distribution(custom(more))).toEqual([]);
    expect(distribution([{ ...custom(), vpc_origin_config: [] }])).toEqual([]);
  });

  it("leaves an origin inside the VPC alone", () => {
    expect(distribution({ origin_id: "api", vpc_origin_config: { vpc_origin_id: "vo-1" } })).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ origin_protocol_policy: "match-viewer" }, 'asks the origin "api" by plain HTTP too.'],
    [{ origin_protocol_policy: "http-only" }, 'asks the origin "api" by plain HTTP too.'],
    [{ origin_ssl_protocols: ["TLSv1.1", "TLSv1.2"] }, 'asks the origin "api" with "TLSv1.1", "TLSv1.2".'],
    [{ origin_ssl_protocols: ["SSLv3"] }, 'asks the origin "api" with "SSLv3".'],
    [{ origin_ssl_protocols: [] }, 'asks the origin "api" with nothing.'],
  ])("finds that %j %s", (more, message) => {
    expect(distribution([custom(more)])).toEqual([`aws_cloudfront_distribution.ui ${message}`]);
  });
});
