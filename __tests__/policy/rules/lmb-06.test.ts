import { lmb06 } from "../../../src/policy/rules/lmb-06-functions-say-what-they-run-on";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const right = { runtime: "nodejs22.x", memory_size: 512, timeout: 30, logging_config: { log_format: "JSON" } };
const judged = (attributes: JsonObject) =>
  found(lmb06, { aws_lambda_function: { worker: { ...right, ...attributes } } });

describe("LMB-06", () => {
  it.each<[string, JsonObject]>([
    ["says it all", {}],
    ["runs on Node.js 24", { runtime: "nodejs24.x" }],
    ["holds its block in a list", { logging_config: [{ log_format: "JSON" }] }],
    ["runs as somebody else says", { runtime: "${var.runtime}", timeout: "${var.timeout}" }],
  ])("lets a function be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["runs on an old runtime", { runtime: "nodejs20.x" }, ["runs on nodejs20.x."]],
    ["names none", { runtime: "" }, ["names no runtime."]],
    [
      "states no size",
      { memory_size: "", timeout: "" },
      ["leaves memory_size to the default.", "leaves timeout to the default."],
    ],
    ["logs text", { logging_config: [{ log_format: "Text" }] }, ["does not log JSON."]],
    ["says nothing of its log", { logging_config: [] }, ["does not log JSON."]],
  ])("finds a function that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_lambda_function.worker ${message}`));
  });
});
