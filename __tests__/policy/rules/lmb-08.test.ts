import { lmb08 } from "../../../src/policy/rules/lmb-08-function-urls-ask-who-calls";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(lmb08, { aws_lambda_function_url: { worker: attributes } });

describe("LMB-08", () => {
  it.each<[string, JsonObject]>([
    ["asks for credentials", { authorization_type: "AWS_IAM" }],
    ["lists its origins", { authorization_type: "AWS_IAM", cors: { allow_origins: ["https://reviews.example.com"] } }],
    [
      "takes its origins from elsewhere",
      { authorization_type: "AWS_IAM", cors: [{ allow_origins: "${var.origins}" }] },
    ],
  ])("lets a URL be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["is open", { authorization_type: "NONE" }, ["lets anybody invoke the function."]],
    ["says nothing", {}, ["lets anybody invoke the function."]],
    [
      "takes every origin",
      { authorization_type: "AWS_IAM", cors: { allow_origins: ["https://a.example.com", "*"] } },
      ["takes calls from pages of every origin."],
    ],
    [
      "takes every origin, in a list",
      { authorization_type: "AWS_IAM", cors: [{ allow_origins: ["https://*"] }] },
      ["takes calls from pages of every origin."],
    ],
  ])("finds a URL that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_lambda_function_url.worker ${message}`));
  });
});
