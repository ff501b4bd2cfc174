import { readFileSync } from "node:fs";
import { join } from "node:path";
import { block, blocks, number, text, values, valuesByKey } from "../../src/terraform/blocks";
import type { Resource } from "../../src/terraform/estate";
import { type Change, readPlan } from "../../src/terraform/plan";
import { policyStatements } from "../../src/terraform/policy-statements";
import { describe as say } from "../../src/terraform/resolve";

/** `terraform show -json` of Terraform 1.11 and provider 5.100, shortened; move, delete and import are added. */
const TEXT = readFileSync(join(__dirname, "fixtures/plan.json"), "utf8");
const plan = readPlan("service", TEXT);

describe("reading a plan", () => {
  it("lists every change with what Terraform says of it", () => {
    expect(plan.terraformVersion).toBe("1.11.4");
    expect(plan.changes.map(({ address, actions }) => [address, actions])).toEqual([
      ["data.aws_iam_policy_document.d", ["read"]],
      ["aws_cloudwatch_metric_alarm.a", ["create"]],
      ["aws_sns_topic.t", ["create"]],
      ["module.m.aws_sqs_queue.q", ["create"]],
      ["aws_dynamodb_table.reviews", ["delete", "create"]],
      ["aws_s3_bucket.gone", ["delete"]],
      ['aws_backup_vault.taken["a.b"]', ["no-op"]],
    ]);
  });

  it("says where a resource comes from, why it is replaced and what is taken over", () => {
    const table = change("aws_dynamodb_table.reviews");

    expect(table.previousAddress).toBe("aws_dynamodb_table.old");
    expect(table.actionReason).toBe("replace_because_cannot_update");
    expect(table.replacePaths).toEqual([["hash_key"]]);
    expect(table.before && text(table.before, "hash_key")).toBe("id");
    expect(table.after && text(table.after, "hash_key")).toBe("pk");
    expect(change('aws_backup_vault.taken["a.b"]').importId).toBe("taken");
  });

  it("keeps a deleted resource out of what will stand", () => {
    const bucket = change("aws_s3_bucket.gone");

    expect(bucket.after).toBeUndefined();
    expect(bucket.before && text(bucket.before, "bucket")).toBe("gone");
    expect(plan.estate.get("service")?.resources.has("aws_s3_bucket.gone")).toBe(false);
  });

  it("takes the region from the resource, else from the provider that the configuration names", () => {
    expect(planned("aws_sns_topic.t").region).toBe("us-west-2");
    expect(planned("aws_cloudwatch_metric_alarm.a").region).toBe("us-east-1");
    expect(planned("module.m.aws_sqs_queue.q").region).toBe("us-east-1");
    expect(planned('aws_backup_vault.taken["a.b"]').region).toBe("us-west-1");
  });

  it("gives blocks and values as the synthesized file does", () => {
    const [query] = blocks(planned("aws_cloudwatch_metric_alarm.a"), "metric_query");
    const metric = query && block(query, "metric");

    expect(metric && number(metric, "period")).toBe(60);
    expect(metric && [...valuesByKey(metric, "dimensions")]).toEqual([["A", { kind: "literal", value: "b" }]]);
    expect(text(planned("aws_cloudwatch_metric_alarm.a"), "statistic")).toBeUndefined();
  });

  it("takes planned texts literally, braces included", () => {
    const bucket = change("aws_s3_bucket.gone").before;

    expect(text(planned("aws_cloudwatch_metric_alarm.a"), "alarm_description")).toBe("${x} x");
    expect(bucket && text(bucket, "policy")).toBe("${aws:username}");
  });

  it("follows what is known only after apply to the resource that it refers to", () => {
    const actions = values(planned("aws_cloudwatch_metric_alarm.a"), "alarm_actions");

    expect(actions.map(say)).toEqual([
      'aws_sns_topic.t.arn of stack "service", known only after apply',
      '"arn:aws:sns:us-east-1:111122223333:y"',
    ]);
  });

  it("reads a policy document whose ARNs are known only after apply", () => {
    const owner = { ...planned("aws_sns_topic.t"), attributes: { policy: "${data.aws_iam_policy_document.d.json}" } };

    const [statement] = policyStatements(owner, "policy") ?? [];

    expect(statement?.actions.map(say)).toEqual(['"a:b"']);
    expect(statement?.resources.map(say)).toEqual(['aws_sns_topic.t.arn of stack "service", known only after apply']);
  });
});

describe("what a plan does not know", () => {
  const withUnknown = (expressions: unknown, after: unknown, after_unknown: unknown) => {
    const address = "aws_sns_topic.x";
    const json = {
      format_version: "1.2",
      terraform_version: "1.11.4",
      configuration: { root_module: { resources: [{ address, expressions }] } },
      resource_changes: [
        {
          address,
          mode: "managed",
          type: "aws_sns_topic",
          name: "x",
          change: { actions: ["create"], after, after_unknown },
        },
      ],
    };
    const found = readPlan("s", JSON.stringify(json)).estate.get("s")?.resources.get(address);
    if (!found) throw new Error("The plan lacks it.");
    return found;
  };

  it("is left out where only the provider fills it in", () => {
    expect(withUnknown({}, { name: "x" }, { arn: true }).attributes).toEqual({ name: "x" });
  });

  it("stays unknown where the configuration sets it but does not show how", () => {
    const resource = withUnknown({ name: { references: ["aws_sqs_queue.q.arn"] } }, {}, { name: true });

    expect(() => text(resource, "name")).toThrow(/"known after apply" is not a plain reference/);
  });

  it("stays unknown inside one of several blocks, which a plan may have sorted", () => {
    const rule = (name: string) => ({ name: { constant_value: name } });
    const resource = withUnknown(
      { rule: [rule("${a.b.c}"), rule("d")] },
      { rule: [{ name: "d" }, {}] },
      {
        rule: [{}, { name: true }],
      },
    );

    const [known, unknown] = blocks(resource, "rule");

    expect(known && text(known, "name")).toBe("d");
    expect(() => unknown && text(unknown, "name")).toThrow(/known after apply/);
  });
});

describe("refusing a plan", () => {
  it("refuses another major format, because its fields may mean something else", () => {
    expect(() => readPlan("s", JSON.stringify({ ...JSON.parse(TEXT), format_version: "2.0" }))).toThrow(
      /the plan reader knows format 1\.x only/,
    );
  });

  it("ignores keys it does not know", () => {
    expect(readPlan("s", JSON.stringify({ ...JSON.parse(TEXT), brand_new: true })).changes).toHaveLength(7);
  });

  it("refuses JSON that is not a plan", () => {
    expect(() => readPlan("s", "{}")).toThrow(/format_version/);
    expect(() => readPlan("s", "not json")).toThrow(SyntaxError);
  });
});

function change(address: string): Change {
  const found = plan.changes.find((candidate) => candidate.address === address);
  if (!found) throw new Error(`The fixture lacks ${address}.`);
  return found;
}

function planned(address: string): Resource {
  const found = plan.estate.get("service")?.resources.get(address);
  if (!found) throw new Error(`The fixture lacks ${address}.`);
  return found;
}
