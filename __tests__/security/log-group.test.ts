import { logArchive } from "../../src/security/log-archive";
import { LogGroup, type LogGroupProps } from "../../src/security/log-group";
import { names, only, resources, synthesize } from "../support/synthesize";

const withGroup = (props: Partial<LogGroupProps>) =>
  synthesize((stack) => {
    new LogGroup(stack, "logs", { name: "/platform/acme-test-api", retentionDays: 30, kmsKeyArn: "arn:key", ...props });
  });

test("a log group expires, is encrypted, cannot be destroyed by a plan and sends nothing anywhere", () => {
  const json = withGroup({});

  expect(only(json, "aws_cloudwatch_log_group")).toEqual({
    name: "/platform/acme-test-api",
    retention_in_days: 30,
    kms_key_id: "arn:key",
    lifecycle: { prevent_destroy: true },
  });
  expect(resources(json, "aws_cloudwatch_log_subscription_filter")).toEqual([]);
});

test("with an archive, every event of it goes to the stream of its region", () => {
  const json = withGroup({ region: "us-east-2", archive: logArchive(names, "us-east-2") });

  expect(only(json, "aws_cloudwatch_log_subscription_filter")).toEqual({
    region: "us-east-2",
    name: "acme-test-logs",
    log_group_name: "${aws_cloudwatch_log_group.logs.name}",
    filter_pattern: "",
    destination_arn: "arn:aws:firehose:us-east-2:111122223333:deliverystream/acme-test-logs",
    role_arn: "arn:aws:iam::111122223333:role/acme-test-log-subscription",
  });
});

test("a group in the provider's region goes to the stream at home", () => {
  expect(only(withGroup({ archive: logArchive(names) }), "aws_cloudwatch_log_subscription_filter")).toMatchObject({
    destination_arn: "arn:aws:firehose:us-east-1:111122223333:deliverystream/acme-test-logs",
  });
});
