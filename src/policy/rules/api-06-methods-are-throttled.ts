import type { SecurityRule } from "../security-rule";

const limits = ["throttling_burst_limit", "throttling_rate_limit"] as const;

export const api06: SecurityRule = {
  id: "API-06",
  scope: "resource",
  demand: "Method settings limit rate and burst, the burst not under the rate.",
  why: "One caller uses up the account's requests, and every other API of the account fails with this one.",
  covers: ["APIGWDefaultThrottling"],
  *check(look) {
    for (const at of look.resources("aws_api_gateway_method_settings")) {
      const entries = look.blocks(at, "settings");
      if (entries.length === 0) yield { at, message: "sets no limit.", fix: `Set settings.${limits.join(" and ")}.` };
      for (const settings of entries) {
        const missing = limits.filter((limit) => !look.holds(settings, limit, (value) => Number(value) > 0));
        for (const limit of missing) {
          yield {
            at,
            message: `has no ${limit} above 0.`,
            fix: `Set settings.${limit} to what the functions can bear.`,
          };
        }
        const [burst, rate] = limits.map((limit) => look.number(settings, limit));
        if (missing.length === 0 && burst !== undefined && rate !== undefined && burst < rate) {
          yield {
            at,
            message: `lets a burst of ${burst} through at a rate of ${rate} a second.`,
            fix: `Set settings.throttling_burst_limit to ${rate} or more.`,
          };
        }
      }
    }
  },
};
