import { array, assert, double, integer, property } from "fast-check";
import { mostStarted } from "../../src/limits/token-bucket";
import { serviceStack } from "../service/synthesized";
import { resources } from "../support/synthesize";

interface Settings {
  readonly throttling_burst_limit: number;
  readonly throttling_rate_limit: number;
}

const entries = resources(serviceStack("production"), "aws_api_gateway_method_settings");

describe("the throttles of the stage", () => {
  it("are one for each route, as asked: 100 at 50 a second, 50 at 25 for writes, 100 at 50 for each webhook", () => {
    const limits = entries.map(({ method_path, settings }) => {
      const { throttling_burst_limit, throttling_rate_limit } = settings as Settings;
      return `${method_path} ${throttling_burst_limit}/${throttling_rate_limit}`;
    });

    expect(limits.sort()).toEqual([
      "*/* 100/50",
      "api/v1/reviews/GET 100/50",
      "api/v1/reviews/POST 50/25",
      "api/v1/reviews/{id}/DELETE 50/25",
      "api/v1/reviews/{id}/GET 100/50",
      "health/GET 100/50",
      "webhooks/github/POST 100/50",
      "webhooks/spacelift/POST 100/50",
    ]);
  });

  it("say all there is to say, since a route's entry replaces the stage's", () => {
    for (const { settings } of entries) {
      expect(settings).toEqual({
        throttling_burst_limit: expect.any(Number),
        throttling_rate_limit: expect.any(Number),
        logging_level: "ERROR",
        metrics_enabled: true,
        data_trace_enabled: false,
        caching_enabled: false,
      });
    }
  });
});

/** A bucket as AWS describes it: full at first, one token a request, refilled at the rate. */
function admitted(burst: number, ratePerSecond: number, arrivalSeconds: readonly number[]): number[] {
  let tokens = burst;
  let last = 0;
  return arrivalSeconds.filter((now) => {
    tokens = Math.min(burst, tokens + (now - last) * ratePerSecond);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  });
}

describe("the bound on what a bucket lets start", () => {
  const arrivals = array(double({ min: 0, max: 20, noNaN: true }), { maxLength: 400 }).map((times) =>
    times.sort((one, other) => one - other),
  );

  it("holds in every span, whatever comes", () => {
    assert(
      property(arrivals, integer({ min: 1, max: 30 }), integer({ min: 1, max: 30 }), (times, burst, ratePerSecond) => {
        const started = admitted(burst, ratePerSecond, times);

        for (const [index, from] of started.entries()) {
          for (const [beyond, to] of started.slice(index).entries()) {
            expect(beyond + 1).toBeLessThanOrEqual(mostStarted({ burst, ratePerSecond }, to - from) + 1e-6);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is reached by a flood, so nothing smaller would do", () => {
    // Powers of two add up without rounding.
    const flood = Array.from({ length: 2049 }, (_, index) => index / 1024);

    expect(admitted(100, 64, flood)).toHaveLength(mostStarted({ burst: 100, ratePerSecond: 64 }, 2));
  });

  it("refuses the request after the burst, and admits one again when it has refilled", () => {
    const burst = Array.from({ length: 101 }, () => 0);

    expect(admitted(100, 50, burst)).toHaveLength(100);
    expect(admitted(100, 50, [...burst, 0.019, 0.02])).toHaveLength(101);
  });
});
