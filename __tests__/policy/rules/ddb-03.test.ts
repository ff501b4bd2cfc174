import { ddb03 } from "../../../src/policy/rules/ddb-03-tables-scale-both-ways";
import type { JsonObject } from "../../../src/terraform/json";
import { type Fragment, found } from "../fragment";

const table = (more: JsonObject): Fragment => ({ aws_dynamodb_table: { reviews: { name: "reviews", ...more } } });
const scaling = (kind: "Read" | "Write", resource_id: string): JsonObject => ({
  resource_id,
  scalable_dimension: `dynamodb:table:${kind}CapacityUnits`,
});
const literal = "table/reviews";
const reference = "table/${aws_dynamodb_table.reviews.name}";
const by = (target: string) => ({
  resource_id: `\${aws_appautoscaling_target.${target}.resource_id}`,
  scalable_dimension: `\${aws_appautoscaling_target.${target}.scalable_dimension}`,
});
const targets = (place: string) => ({ read: scaling("Read", place), write: scaling("Write", place) });
const scaled = (place: string, policies: Record<string, JsonObject>): Fragment => ({
  ...table({ billing_mode: "PROVISIONED" }),
  aws_appautoscaling_target: targets(place),
  aws_appautoscaling_policy: policies,
});
const both = { read: by("read"), write: by("write") };

describe("DDB-03", () => {
  it.each<[string, Fragment]>([
    ["is paid by request", table({ billing_mode: "PAY_PER_REQUEST" })],
    ["is paid as somebody else says", table({ billing_mode: "${var.mode}" })],
    ["scales, by reference", scaled(reference, both)],
    ["scales, by name", scaled(literal, targets(literal))],
    [
      "scales, by id",
      scaled("table/${aws_dynamodb_table.reviews.id}", targets("table/${aws_dynamodb_table.reviews.id}")),
    ],
    ["scales, its name given elsewhere", { ...scaled(reference, both), ...table({ name: "${var.name}" }) }],
  ])("lets a table be that %s", (_, fragment) => {
    expect(found(ddb03, fragment)).toEqual([]);
  });

  const noRead = "aws_dynamodb_table.reviews does not scale its read capacity.";
  const noWrite = "aws_dynamodb_table.reviews does not scale its write capacity.";
  it.each<[string, Fragment, string[]]>([
    ["scales neither", table({ billing_mode: "PROVISIONED" }), [noRead, noWrite]],
    ["says nothing", table({}), [noRead, noWrite]],
    ["has a policy for reads only", scaled(reference, { read: by("read") }), [noWrite]],
    ["has a policy for writes only", scaled(literal, { write: by("write") }), [noRead]],
    ["has no policies", scaled(reference, {}), [noRead, noWrite]],
    ["is not the one that scales", scaled("table/others", both), [noRead, noWrite]],
    [
      "scales an index only",
      {
        ...scaled(reference, { read: by("read"), index: by("index") }),
        aws_appautoscaling_target: {
          read: scaling("Read", reference),
          index: { resource_id: `${reference}/index/a`, scalable_dimension: "dynamodb:index:WriteCapacityUnits" },
        },
      },
      [noWrite],
    ],
  ])("finds a table that %s", (_, fragment, messages) => {
    expect(found(ddb03, fragment)).toEqual(messages);
  });
});
