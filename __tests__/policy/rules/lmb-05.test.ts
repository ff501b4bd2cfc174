import { lmb05 } from "../../../src/policy/rules/lmb-05-code-is-signed";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(lmb05, { aws_lambda_function: { worker: attributes } });

describe("LMB-05", () => {
  it.each<[string, JsonObject]>([
    ["is signed", { code_signing_config_arn: "${aws_lambda_code_signing_config.main.arn}" }],
  ])("lets a function be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([["is not", {}, ["runs code that nobody signed."]]])(
    "finds a function that %s",
    (_, attributes, messages) => {
      expect(judged(attributes)).toEqual(messages.map((message) => `aws_lambda_function.worker ${message}`));
    },
  );

  it.each<JsonObject>([
    { policies: { untrusted_artifact_on_deployment: "Enforce" } },
    { policies: [{ untrusted_artifact_on_deployment: "Enforce" }] },
  ])("lets a signing config be with %j", (attributes) => {
    expect(found(lmb05, { aws_lambda_code_signing_config: { main: attributes } })).toEqual([]);
  });

  it.each<JsonObject>([{}, { policies: [{ untrusted_artifact_on_deployment: "Warn" }] }])(
    "finds a signing config with %j",
    (attributes) => {
      expect(found(lmb05, { aws_lambda_code_signing_config: { main: attributes } })).toEqual([
        "aws_lambda_code_signing_config.main only warns of code that nobody signed.",
      ]);
    },
  );
});
