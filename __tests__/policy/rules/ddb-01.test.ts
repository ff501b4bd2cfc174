import { ddb01 } from "../../../src/policy/rules/ddb-01-tables-can-go-back";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const table = (more: JsonObject) =>
  found(ddb01, {
    aws_dynamodb_table: {
      reviews: { point_in_time_recovery: { enabled: true }, deletion_protection_enabled: true, ...more },
    },
  });

describe("DDB-01", () => {
  it.each<[string, JsonObject]>([
    ["has both", {}],
    [
      "has both as texts, in lists",
      { point_in_time_recovery: [{ enabled: "true" }], deletion_protection_enabled: "true" },
    ],
    [
      "has them as somebody else says",
      { point_in_time_recovery: { enabled: "${var.on}" }, deletion_protection_enabled: "${var.on}" },
    ],
  ])("lets a table be that %s", (_, more) => {
    expect(table(more)).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ point_in_time_recovery: { enabled: false } }, "cannot go back to an earlier moment."],
    [{ point_in_time_recovery: [] }, "cannot go back to an earlier moment."],
    [{ deletion_protection_enabled: false }, "is not protected from deletion."],
    [{ deletion_protection_enabled: null }, "is not protected from deletion."],
  ])("finds that a table with %j %s", (more, message) => {
    expect(table(more)).toEqual([`aws_dynamodb_table.reviews ${message}`]);
  });
});
