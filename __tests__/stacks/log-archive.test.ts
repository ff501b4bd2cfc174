import { loadEnvironment } from "../../src/config/load";
import { judge } from "../../src/policy/judge";
import { log01 } from "../../src/policy/rules/log-01-logs-are-kept";
import { s306 } from "../../src/policy/rules/s3-06-buckets-are-replicated";
import { number, text } from "../../src/terraform/blocks";
import { managedResources, type Resource } from "../../src/terraform/estate";
import { example, exampleNames } from "../support/examples";

const filter = "aws_cloudwatch_log_subscription_filter";
const stream = "aws_kinesis_firehose_delivery_stream";

describe.each(exampleNames())("in %s", (name) => {
  const { estate, stacks } = example(name);
  const config = loadEnvironment(name);
  const regions = [...new Set([config.region, "us-east-1"])];
  const regionOf = (resource: Resource) =>
    text(resource, "region") ?? (resource.stack.name === "edge" ? "us-east-1" : config.region);

  test("every log group that expires within a year goes to the archive", () => {
    expect(judge([log01], estate, "estate")).toEqual([]);
  });

  test("there is one stream in each region that has log groups", () => {
    expect(managedResources(estate, stream).map(regionOf).sort()).toEqual([...regions].sort());
  });

  test("a subscription names a stream and a role that are there, in the region of its group", () => {
    const arns = regions.map(
      (region) => `arn:aws:firehose:${region}:${config.accountId}:deliverystream/acme-${name}-logs`,
    );
    const filters = managedResources(estate, filter);

    expect(filters.length).toBeGreaterThan(10);
    for (const one of filters) {
      const arn = arns.find((each) => each.includes(`:${regionOf(one)}:`));
      expect(text(one, "destination_arn")).toBe(arn);
      expect(text(one, "role_arn")).toBe(`arn:aws:iam::${config.accountId}:role/acme-${name}-log-subscription`);
    }
    const roles = managedResources(estate, "aws_iam_role").map((role) => text(role, "name"));
    expect(roles).toContain(`acme-${name}-log-subscription`);
    expect(managedResources(estate, stream).map((each) => text(each, "name"))).toEqual(
      regions.map(() => `acme-${name}-logs`),
    );
  });

  test("whoever subscribes is applied after the streams", () => {
    const subscribing = new Set(managedResources(estate, filter).map((one) => one.stack.name));
    const later = stacks.filter((one) => subscribing.has(one.name) && one.name !== "compliance");

    expect(later.map(({ name }) => name).sort()).toEqual(["edge", "service"]);
    for (const { dependencies } of later) expect(dependencies).toContain("compliance");
  });

  test("what the streams log themselves is not sent to them, and stays for a year", () => {
    const own = managedResources(estate, "aws_cloudwatch_log_group").filter(
      (group) => group.stack.name === "compliance" && text(group, "name") === `/platform/acme-${name}-log-delivery`,
    );

    expect(own.map((group) => number(group, "retention_in_days"))).toEqual(regions.map(() => 365));
    expect(
      managedResources(estate, filter)
        .map(({ address }) => address)
        .filter((address) => /-errors/.test(address)),
    ).toEqual([]);
  });

  test("the tables of logs have a copy in the DR region, with a key there", () => {
    const atCompliance = judge([s306], estate, "estate").filter((finding) => finding.stack === "compliance");
    const copy = managedResources(estate, "aws_s3_bucket").find(
      (bucket) => text(bucket, "bucket") === `acme-${name}-log-tables-dr-${config.accountId}`,
    );

    expect(atCompliance).toEqual([]);
    expect(copy && regionOf(copy)).toBe(config.drRegion);
  });
});
