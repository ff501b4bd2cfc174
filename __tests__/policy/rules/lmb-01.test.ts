import { lmb01 } from "../../../src/policy/rules/lmb-01-functions-reserve-concurrency";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(lmb01, { aws_lambda_function: { worker: attributes } });

describe("LMB-01", () => {
  it.each<[string, JsonObject]>([
    ["reserves some", { reserved_concurrent_executions: 1 }],
    ["reserves in text", { reserved_concurrent_executions: "10" }],
    ["reserves as somebody else says", { reserved_concurrent_executions: "${var.count}" }],
  ])("lets a function be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["says nothing", {}, ["shares the account's unreserved concurrency."]],
    ["is unreserved", { reserved_concurrent_executions: -1 }, ["shares the account's unreserved concurrency."]],
    ["is stopped", { reserved_concurrent_executions: 0 }, ["is never run."]],
    [
      "reserves no number",
      { reserved_concurrent_executions: "many" },
      ["shares the account's unreserved concurrency."],
    ],
  ])("finds a function that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_lambda_function.worker ${message}`));
  });
});
