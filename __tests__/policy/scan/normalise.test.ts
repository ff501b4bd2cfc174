import { normalise, scannedText } from "../../../src/policy/scan/normalise";
import { isObject, type JsonObject } from "../../../src/terraform/json";

/** Stops at what stops checkov 3.3.13, each measured with a file of its own. */
function stubParser(json: JsonObject): "parsed" {
  for (const [section, value] of Object.entries(json)) {
    if (!isObject(value)) throw new Error(`'list' object has no attribute 'items' (${section})`);
  }
  const { terraform = {}, provider = {} } = json;
  if (!Object.values(terraform ?? {}).every(isObject)) throw new Error("this method receives only dicts (terraform)");
  if (!Object.values(provider ?? {}).every(Array.isArray))
    throw new Error("this method receives only dicts (provider)");
  return "parsed";
}

const topic = { aws_sns_topic: { alerts: { name: "alerts" } } };

describe("the form that scanners read", () => {
  it.each<[string, JsonObject]>([
    ["a text among the settings of Terraform", { terraform: { required_version: ">= 1.5" }, resource: topic }],
    ["a provider that is an object", { provider: { aws: { region: "us-east-1" } }, resource: topic }],
    ["moved blocks", { moved: [{ from: "aws_sns_topic.old", to: "aws_sns_topic.alerts" }], resource: topic }],
    ["import blocks", { import: [{ id: "alerts", to: "aws_sns_topic.alerts" }], resource: topic }],
    ["removed blocks", { removed: [{ from: "aws_sns_topic.old" }], resource: topic }],
  ])("survives %s", (_, json) => {
    expect(() => stubParser(json)).toThrow();
    expect(stubParser(normalise(json))).toBe("parsed");
  });

  it("keeps everything else of what CDKTF writes, comments too", () => {
    const comment = { metadata: { backend: "s3", stackName: "data", version: "0.21.0" }, outputs: {} };
    const own = { "//": { metadata: { path: "data/alerts", uniqueId: "alerts" } }, name: "alerts" };
    const written: JsonObject = {
      "//": comment,
      terraform: { required_version: ">= 1.5", required_providers: { aws: { source: "aws" } }, backend: { s3: {} } },
      provider: { aws: [{ region: "us-east-1" }], random: {} },
      resource: { aws_sns_topic: { alerts: own } },
      moved: [{ from: "aws_sns_topic.old", to: "aws_sns_topic.alerts" }],
      import: [{ id: "alerts", to: "aws_sns_topic.alerts" }],
    };

    expect(normalise(written)).toEqual({
      "//": comment,
      terraform: { required_providers: { aws: { source: "aws" } }, backend: { s3: {} } },
      provider: { aws: [{ region: "us-east-1" }], random: [{}] },
      resource: { aws_sns_topic: { alerts: own } },
    });
  });

  it("is written so that each resource has lines of its own", () => {
    expect(scannedText({ resource: topic })).toBe(`{
  "resource": {
    "aws_sns_topic": {
      "alerts": {
        "name": "alerts"
      }
    }
  }
}
`);
  });
});
