import { api04 } from "../../../src/policy/rules/api-04-stages-log-and-measure-methods";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const right = { logging_level: "ERROR", metrics_enabled: true };
const settings = (written: JsonObject | JsonObject[]) =>
  found(api04, { aws_api_gateway_method_settings: { all: { method_path: "*/*", settings: written } } });
const stage = { stage_name: "live", rest_api_id: "${aws_api_gateway_rest_api.api.id}" };
const withSettings = (companion: JsonObject) =>
  found(api04, {
    aws_api_gateway_stage: { live: stage },
    aws_api_gateway_method_settings: { all: { method_path: "*/*", ...stage, settings: right, ...companion } },
  });
const isBare = ["aws_api_gateway_stage.live has no method settings for */*."];

describe("API-04", () => {
  it.each<[string, JsonObject | JsonObject[]]>([
    ["log errors and count calls", right],
    ["stand in a list", [right]],
    ["are written as texts", { logging_level: "INFO", metrics_enabled: "true", data_trace_enabled: "false" }],
    ["encrypt the cache", { ...right, caching_enabled: true, cache_data_encrypted: true }],
  ])("lets settings be that %s", (_, written) => {
    expect(settings(written)).toEqual([]);
  });

  it.each<[string, JsonObject | JsonObject[], string]>([
    ["log nothing", { ...right, logging_level: "OFF" }, "logs no errors."],
    ["count nothing", [{ ...right, metrics_enabled: false }], "counts no calls."],
    ["trace everything", { ...right, data_trace_enabled: "true" }, "logs whole requests and answers."],
    ["cache in clear", { ...right, caching_enabled: true }, "caches answers in clear."],
    ["are not there", [], "holds no settings."],
  ])("finds settings that %s", (_, written, message) => {
    expect(settings(written)).toEqual([`aws_api_gateway_method_settings.all ${message}`]);
  });

  it.each<[string, JsonObject]>([
    ["reference", { stage_name: "${aws_api_gateway_stage.live.stage_name}", rest_api_id: "a1b2c3" }],
    ["name, in the same API", {}],
  ])("takes settings for those of a stage by %s", (_, companion) => {
    expect(withSettings(companion)).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["another stage", { stage_name: "test" }],
    ["a stage of the same name in another API", { rest_api_id: "${aws_api_gateway_rest_api.other.id}" }],
    ["one path only", { method_path: "reviews/GET" }],
  ])("finds a stage whose only settings are for %s", (_, companion) => {
    expect(withSettings(companion)).toEqual(isBare);
  });
});
