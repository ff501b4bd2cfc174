import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { block, blocks, flag, number, text, texts, value, values, valuesByKey } from "../../src/terraform/blocks";
import { dataSources, estateOf, managedResources, type Resource, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { readSynthesis } from "../../src/terraform/read";

/** An expression of Terraform. */
const ref = (expression: string) => `\${${expression}}`;

const FIXTURE = join(__dirname, "fixtures/synthesis");

describe("reading a synthesized folder", () => {
  it("lists the manifest's stacks with their folders and dependencies", () => {
    const { stacks } = readSynthesis(FIXTURE);

    expect(stacks.map(({ name, dependencies }) => [name, dependencies])).toEqual([
      ["data", []],
      ["network", []],
      ["service", ["data", "network"]],
    ]);
    expect(stacks[2]?.folder).toBe(join(FIXTURE, "stacks/service"));
  });

  it("lists resources and data sources with address, type, ids, path, stack and region", () => {
    const { estate } = readSynthesis(FIXTURE);

    expect(managedResources(estate, "aws_dynamodb_table").map(identity)).toEqual([
      {
        address: "aws_dynamodb_table.reviews_table_B3E13645",
        type: "aws_dynamodb_table",
        logicalId: "reviews_table_B3E13645",
        constructPath: "data/reviews/table",
        stack: "data",
        region: "us-east-1",
      },
    ]);
    expect(dataSources(estate, "aws_iam_policy_document").map(({ address }) => address)).toEqual([
      "data.aws_iam_policy_document.reviewer-policy",
      "data.aws_iam_policy_document.trust",
    ]);
    expect(managedResources(estate)).toHaveLength(21);
    expect(estate.get("service")?.accountId).toBe("111122223333");
  });

  it("takes the region from the resource, then from its provider alias, then from the provider", () => {
    const topics = managedResources(readSynthesis(FIXTURE).estate, "aws_sns_topic");

    expect(Object.fromEntries(topics.map(({ logicalId, region }) => [logicalId, region]))).toEqual({
      alerts: "us-east-1",
      "dr-alerts": "us-west-2",
      "home-alerts": "us-east-1",
      "west-alerts": "us-west-1",
    });
  });

  it("refuses a region that is an expression, because no proof could tell where the resource lands", () => {
    const json = { resource: { aws_sns_topic: { alerts: { region: ref("var.region") } } } };

    expect(() => stackFacts("service", json)).toThrow(
      `aws_sns_topic.alerts: its region is "${ref("var.region")}"; write it out, so that it can be checked`,
    );
  });

  it("takes blocks that Terraform allows as lists: resource sections, bodies, providers", () => {
    const json = {
      provider: [{ aws: { region: "eu-west-1" } }],
      resource: [{ aws_sns_topic: { a: [{ name: "a" }] } }, { aws_sns_topic: { b: { name: "b" } } }],
    };

    const estate = estateOf([stackFacts("service", json)]);

    expect(managedResources(estate).map(({ address, region }) => [address, region])).toEqual([
      ["aws_sns_topic.a", "eu-west-1"],
      ["aws_sns_topic.b", "eu-west-1"],
    ]);
  });

  it("refuses a resource with two bodies, of which one would go unread", () => {
    const json = { resource: { aws_sns_topic: { a: [{ name: "a" }, { name: "b" }] } } };

    expect(() => stackFacts("service", json)).toThrow("aws_sns_topic.a: it must have exactly one body");
  });

  it("refuses a folder without a manifest, one without stacks, and a stack that is not JSON", () => {
    const empty = mkdtempSync(join(tmpdir(), "synthesis-"));
    const broken = mkdtempSync(join(tmpdir(), "synthesis-"));
    cpSync(FIXTURE, broken, { recursive: true });
    writeFileSync(join(broken, "stacks/service/cdk.tf.json"), "{");

    expect(() => readSynthesis(empty)).toThrow(/manifest\.json is missing\. Write it with "npm run synth"/);
    writeFileSync(join(empty, "manifest.json"), '{"stacks":{}}');
    expect(() => readSynthesis(empty)).toThrow(/holds no stack/);
    expect(() => readSynthesis(broken)).toThrow(/service\/cdk\.tf\.json cannot be read as synthesized by CDKTF/);
  });
});

describe("reading values of a resource", () => {
  const alarm = only(readSynthesis(FIXTURE).estate.get("service")?.resources.get("aws_cloudwatch_metric_alarm.errors"));
  const made = (attributes: JsonObject): Resource => {
    const estate = estateOf([stackFacts("made", { resource: { aws_x: { y: attributes } } })]);
    return only(managedResources(estate)[0]);
  };

  it("gives a block the same way whether it is an object or a list, with its place", () => {
    const inObject = made({ metric_query: { id: "m", metric: { period: 60 } } });
    const inList = made({ metric_query: [{ id: "m", metric: [{ period: 60 }] }] });

    for (const resource of [inObject, inList]) {
      const [query] = blocks(resource, "metric_query");
      expect(query?.address).toBe("aws_x.y.metric_query[0]");
      const metric = query && block(query, "metric");
      expect(metric?.address).toBe("aws_x.y.metric_query[0].metric");
      expect(metric && number(metric, "period")).toBe(60);
    }
    expect(blocks(inList, "dimensions")).toEqual([]);
    expect(block(inList, "dimensions")).toBeUndefined();
  });

  it("refuses blocks whose content is not in the JSON, and two where one is meant", () => {
    const resource = made({ dynamic: { rule: { for_each: [1] } }, statement: ref("local.s"), lifecycle: [{}, {}] });

    expect(() => blocks(resource, "rule")).toThrow("aws_x.y.rule: a dynamic block cannot be read before it is planned");
    expect(() => blocks(resource, "statement")).toThrow(
      `aws_x.y.statement: "${ref("local.s")}" stands where a block is expected`,
    );
    expect(() => block(resource, "lifecycle")).toThrow("aws_x.y.lifecycle: there must be at most one such block");
  });

  it("takes null as absent", () => {
    const resource = made({ name: null, rule: null, days: null, on: null, list: null, map: null });

    expect(value(resource, "name")).toBeUndefined();
    expect(text(resource, "name")).toBeUndefined();
    expect(number(resource, "days")).toBeUndefined();
    expect(flag(resource, "on")).toBeUndefined();
    expect(blocks(resource, "rule")).toEqual([]);
    expect(texts(resource, "list")).toEqual([]);
    expect([...valuesByKey(resource, "map")]).toEqual([]);
  });

  it("reads numbers and truth values that Terraform takes as text", () => {
    const resource = made({ days: "90", on: "true", off: "false", name: 7, blank: " ", word: "ten" });

    expect(number(resource, "days")).toBe(90);
    expect(flag(resource, "on")).toBe(true);
    expect(flag(resource, "off")).toBe(false);
    expect(text(resource, "name")).toBe("7");
    expect(() => number(resource, "blank")).toThrow('aws_x.y.blank: a number is wanted, not " "');
    expect(() => number(resource, "word")).toThrow('aws_x.y.word: a number is wanted, not "ten"');
    expect(() => flag(resource, "days")).toThrow('aws_x.y.days: true or false is wanted, not "90"');
  });

  it("throws where a typed value is known only after apply or cannot be told", () => {
    const resource = made({ arn_of: ref("aws_x.y.arn"), days: ref("var.days"), list: ["a", ref("aws_x.y.id")] });

    expect(() => text(resource, "arn_of")).toThrow(
      'aws_x.y.arn_of: a text is wanted, not aws_x.y.arn of stack "made", known only after apply',
    );
    expect(() => number(resource, "days")).toThrow(
      'aws_x.y.days: a number is wanted, not unknown: "var.days" is not a plain reference',
    );
    expect(() => texts(resource, "list")).toThrow(/^aws_x\.y\.list\[1\]: a text is wanted/);
  });

  it("resolves lists and maps item by item, so that one unknown does not hide the rest", () => {
    const resource = made({
      list: ["a", ref("var.b")],
      map: { a: 1, b: ref("var.b") },
      whole: ref("var.list"),
      one: "a",
    });
    const unknown = { kind: "unknown", reason: '"var.b" is not a plain reference' };

    expect(values(resource, "list")).toEqual([{ kind: "literal", value: "a" }, unknown]);
    expect(Object.fromEntries(valuesByKey(resource, "map"))).toEqual({ a: { kind: "literal", value: 1 }, b: unknown });
    expect(values(resource, "whole")).toEqual([{ kind: "unknown", reason: '"var.list" is not a plain reference' }]);
    expect(() => values(resource, "one")).toThrow('aws_x.y.one: "a" is not a list');
    expect(() => valuesByKey(resource, "one")).toThrow('aws_x.y.one: "a" is not a map');
  });

  it("unescapes texts", () => {
    expect(text(alarm, "alarm_description")).toBe(`Placeholder ${ref("Operation")}`);
  });
});

function identity({ address, type, logicalId, constructPath, stack, region }: Resource) {
  return { address, type, logicalId, constructPath, stack: stack.name, region };
}

function only<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("The fixture lacks it.");
  return found;
}
