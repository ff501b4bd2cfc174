import { api06 } from "../../../src/policy/rules/api-06-methods-are-throttled";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(api06, { aws_api_gateway_method_settings: { all: attributes } });

describe("API-06", () => {
  it.each<[string, JsonObject]>([
    ["limit both", { settings: { throttling_burst_limit: 100, throttling_rate_limit: 50 } }],
    ["are written as texts, in a list", { settings: [{ throttling_burst_limit: "50", throttling_rate_limit: "50" }] }],
    [
      "limit as somebody else says",
      { settings: { throttling_burst_limit: "${var.burst}", throttling_rate_limit: 50 } },
    ],
  ])("lets settings be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      "limit nothing",
      { settings: { metrics_enabled: true } },
      ["has no throttling_burst_limit above 0.", "has no throttling_rate_limit above 0."],
    ],
    [
      "lift a limit",
      { settings: { throttling_burst_limit: 100, throttling_rate_limit: -1 } },
      ["has no throttling_rate_limit above 0."],
    ],
    [
      "allow nothing",
      { settings: [{ throttling_burst_limit: 0, throttling_rate_limit: 50 }] },
      ["has no throttling_burst_limit above 0."],
    ],
    [
      "burst under the rate",
      { settings: { throttling_burst_limit: 10, throttling_rate_limit: 50 } },
      ["lets a burst of 10 through at a rate of 50 a second."],
    ],
    ["are not there", {}, ["sets no limit."]],
  ])("finds settings that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_api_gateway_method_settings.all ${message}`));
  });
});
