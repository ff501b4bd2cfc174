import { addressLines, lostAddresses } from "../../src/terraform/addresses";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import type { Synthesis } from "../../src/terraform/read";

function synthesis(json: JsonObject): Synthesis {
  return {
    folder: "build/production",
    stacks: [{ name: "data", folder: "build/production/stacks/data", dependencies: [], json }],
    estate: estateOf([stackFacts("data", json)]),
  };
}

const topic = (id: string): JsonObject => ({
  resource: {
    aws_sns_topic: { [id]: { name: "alerts", "//": { metadata: { path: "data/alerts/topic", uniqueId: id } } } },
  },
});

describe("the golden list of addresses", () => {
  it("holds environment, stack and address of managed resources", () => {
    const json = { ...topic("alerts"), data: { aws_iam_policy_document: { alerts: {} } } };

    expect(addressLines("production", synthesis(json))).toEqual(["production/data/aws_sns_topic.alerts"]);
  });

  it("accepts an address that is new", () => {
    expect(lostAddresses([], "production", synthesis(topic("alerts")))).toEqual([]);
  });

  it("names the call that keeps a renamed resource", () => {
    const recorded = ["production/data/aws_sns_topic.alarms", "staging/data/aws_sns_topic.alarms"];

    expect(lostAddresses(recorded, "production", synthesis(topic("alerts")))).toEqual([
      'production/data/aws_sns_topic.alarms is gone, so Terraform would destroy it. If it was renamed, call .moveFromId("aws_sns_topic.alarms") on data/alerts/topic (now aws_sns_topic.alerts). If it goes on purpose, run "npm run golden" and say so in the commit.',
    ]);
  });

  it("says so where nothing of the type is new", () => {
    expect(lostAddresses(["production/data/aws_sqs_queue.work"], "production", synthesis(topic("alerts")))).toEqual([
      'production/data/aws_sqs_queue.work is gone, so Terraform would destroy it. If it goes on purpose, run "npm run golden" and say so in the commit.',
    ]);
  });

  it.each([
    ["moved", { moved: [{ from: "aws_sns_topic.alarms", to: "aws_sns_topic.alerts" }] }],
    ["removed", { removed: [{ from: "aws_sns_topic.alarms", lifecycle: { destroy: false } }] }],
  ])("accepts a loss that a %s block explains", (_, blocks: JsonObject) => {
    const recorded = ["production/data/aws_sns_topic.alarms"];

    expect(lostAddresses(recorded, "production", synthesis({ ...topic("alerts"), ...blocks }))).toEqual([]);
  });
});

describe("a construct that is renamed", () => {
  it("keeps its resource after the call that the message names", () => {
    const { App, LocalBackend, TerraformStack, Testing }: typeof import("../../src/cdktf") = require("../../src/cdktf");
    const { AwsProvider, SnsTopic }: typeof import("../../src/aws") = require("../../src/aws");
    const stack = new TerraformStack(new App({ stackTraces: false, skipValidation: true }), "data");
    new LocalBackend(stack, { path: "data.tfstate" });
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const renamed = new SnsTopic(stack, "alerts", { name: "alerts" });
    const recorded = ["production/data/aws_sns_topic.alarms"];
    const lost = () => lostAddresses(recorded, "production", synthesis(JSON.parse(Testing.synth(stack))));

    const [message] = lost();
    renamed.moveFromId("aws_sns_topic.alarms");

    expect(message).toContain('call .moveFromId("aws_sns_topic.alarms") on aws_sns_topic.alerts');
    expect(lost()).toEqual([]);
  });
});
