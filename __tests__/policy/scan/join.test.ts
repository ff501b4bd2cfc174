import { addressAt, resourceLines, scannerFinding } from "../../../src/policy/scan/join";
import { scannedText } from "../../../src/policy/scan/normalise";

const text = scannedText({
  provider: { aws: [{ region: "us-east-1" }] },
  data: { aws_iam_policy_document: { own: { statement: [{ actions: ["s3:GetObject"] }] } } },
  resource: {
    aws_lambda_function: { webhook: { environment: { variables: { A: "{" } } }, empty: {} },
    aws_cloudwatch_log_group: { webhook: { name: "webhook" } },
  },
  output: { arn: { value: { nested: {} } } },
});

describe("the lines of a scanned text", () => {
  it("tell one resource from another of the same name", () => {
    expect(text.split("\n").slice(21, 31)).toEqual([
      '  "resource": {',
      '    "aws_lambda_function": {',
      '      "webhook": {',
      '        "environment": {',
      '          "variables": {',
      '            "A": "{"',
      "          }",
      "        }",
      "      },",
      '      "empty": {}',
    ]);
    expect(resourceLines(text)).toEqual([
      { address: "data.aws_iam_policy_document.own", first: 11, last: 19 },
      { address: "aws_lambda_function.webhook", first: 24, last: 30 },
      { address: "aws_lambda_function.empty", first: 31, last: 31 },
      { address: "aws_cloudwatch_log_group.webhook", first: 34, last: 36 },
    ]);
  });

  it("lead from a range to the resource around it, and from anywhere else to none", () => {
    const lines = resourceLines(text);

    expect(addressAt([24, 30], lines)).toBe("aws_lambda_function.webhook");
    expect(addressAt([25, 29], lines)).toBe("aws_lambda_function.webhook");
    expect(addressAt([34, 36], lines)).toBe("aws_cloudwatch_log_group.webhook");
    expect(addressAt([2, 8], lines)).toBeUndefined();
    expect(addressAt([30, 34], lines)).toBeUndefined();
  });
});

describe("a scanner's finding", () => {
  const origin = { stack: "service", address: "aws_lambda_function.webhook", path: "service/webhook/Default" };
  const origins = new Map([["aws_lambda_function.service-webhook", origin]]);
  const check = { id: "CKV_AWS_117", message: "Ensure that …", resource: "resource.service-webhook" };

  it("is named by stack, address and construct", () => {
    expect(scannerFinding({ ...check, fix: "Do so." }, "aws_lambda_function.service-webhook", origins)).toEqual({
      id: "CKV_AWS_117",
      stack: "service",
      address: "aws_lambda_function.webhook",
      path: "service/webhook/Default",
      message: "Ensure that …",
      fix: "Do so.",
    });
  });

  it("has no path where it is about no resource, so that nothing suppresses it", () => {
    expect(scannerFinding({ ...check, resource: "aws.default" }, undefined, origins)).toEqual({
      id: "CKV_AWS_117",
      stack: "unknown",
      address: "aws.default",
      message: "Ensure that …",
    });
  });
});
