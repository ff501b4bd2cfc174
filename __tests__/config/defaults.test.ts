import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as defaults from "../../src/config/defaults";

const root = resolve(__dirname, "../..");
const source = readFileSync(join(root, "src/config/defaults.ts"), "utf8");

/** The numbers the product promises: what each is, what it must be, and how it is written in `defaults.ts`. */
const numbers: readonly { what: string; value: unknown; expected: unknown; written: string }[] = [
  {
    what: "routes take a burst of 100 and 50 requests a second",
    value: defaults.throttles.default,
    expected: { burst: 100, ratePerSecond: 50 },
    written: "default: { burst: 100, ratePerSecond: 50 }",
  },
  {
    what: "writes take a burst of 50 and 25 requests a second",
    value: defaults.throttles.write,
    expected: { burst: 50, ratePerSecond: 25 },
    written: "write: { burst: 50, ratePerSecond: 25 }",
  },
  {
    what: "each webhook route takes a burst of 100 and 50 requests a second",
    value: defaults.throttles.webhook,
    expected: { burst: 100, ratePerSecond: 50 },
    written: "webhook: { burst: 100, ratePerSecond: 50 }",
  },
  {
    what: "secrets rotate every 30 days",
    value: defaults.secrets.rotationDays,
    expected: 30,
    written: "rotationDays: 30",
  },
  {
    what: "service is back within 4 hours",
    value: defaults.recovery.rtoHours,
    expected: 4,
    written: "rtoHours: 4",
  },
  {
    what: "at most 1 hour of data is lost",
    value: defaults.recovery.rpoHours,
    expected: 1,
    written: "rpoHours: 1",
  },
  {
    what: "daily backups stay 90 days",
    value: defaults.recovery.daily.deleteAfterDays,
    expected: 90,
    written: "deleteAfterDays: 90",
  },
  {
    what: "weekly backups stay 365 days",
    value: defaults.recovery.weekly.deleteAfterDays,
    expected: 365,
    written: "deleteAfterDays: 365",
  },
  {
    what: "tables can go back 35 days",
    value: defaults.recovery.pointInTimeDays,
    expected: 35,
    written: "pointInTimeDays: 35",
  },
  {
    what: "objectives are judged over 30 days",
    value: defaults.objectives.windowDays,
    expected: 30,
    written: "windowDays: 30",
  },
  {
    what: "the service is available 99.9 percent of the time",
    value: defaults.objectives.availabilityPercent,
    expected: 99.9,
    written: "availabilityPercent: 99.9",
  },
  {
    what: "answers take under 200, 500 and 1,000 ms",
    value: defaults.objectives.latencyMs,
    expected: { p50: 200, p95: 500, p99: 1000 },
    written: "latencyMs: { p50: 200, p95: 500, p99: 1000 }",
  },
  {
    what: "under 0.1 percent of requests fail",
    value: defaults.objectives.errorPercent,
    expected: 0.1,
    written: "errorPercent: 0.1",
  },
  {
    what: "reviews take under 2, 5 and 10 minutes",
    value: defaults.objectives.reviewMinutes,
    expected: { p50: 2, p95: 5, p99: 10 },
    written: "reviewMinutes: { p50: 2, p95: 5, p99: 10 }",
  },
  {
    what: "every delivery is kept",
    value: defaults.objectives.integrityPercent,
    expected: 100,
    written: "integrityPercent: 100",
  },
  {
    what: "evidence stays for seven years",
    value: defaults.evidence.retentionDays,
    expected: 2557,
    written: "retentionDays: 2557",
  },
  {
    what: "evidence is collected daily, weekly, monthly and quarterly",
    value: defaults.evidence.cadences,
    expected: ["daily", "weekly", "monthly", "quarterly"],
    written: 'cadences: ["daily", "weekly", "monthly", "quarterly"]',
  },
  {
    what: "one NAT gateway instead of two saves 32 USD",
    value: defaults.cost.singleNatSavingUsd,
    expected: 32,
    written: "singleNatSavingUsd: 32",
  },
  {
    what: "transport is TLS 1.2 or newer",
    value: defaults.network.minTlsVersion,
    expected: "1.2",
    written: 'minTlsVersion: "1.2"',
  },
  ...Object.entries({
    vpc: 50,
    lambda: 20,
    api: 10,
    dynamodb: 25,
    cloudfront: 10,
    s3: 5,
    cloudwatch: 15,
    waf: 5,
  } satisfies Record<keyof typeof defaults.cost.claimUsd, number>).map(([service, usd]) => ({
    what: `${service} costs about ${usd} USD a month`,
    value: Object.entries(defaults.cost.claimUsd).find(([name]) => name === service)?.[1],
    expected: usd,
    written: `    ${service}: ${usd},`,
  })),
];

describe.each(numbers)("$what", ({ value, expected, written }) => {
  it("by default", () => {
    expect(value).toEqual(expected);
  });

  it("and says so in one place", () => {
    expect(source.split(written)).toHaveLength(2);
  });
});

it("a month costs about 140 USD, the sum of its services", () => {
  const sum = Object.values(defaults.cost.claimUsd).reduce((total, usd) => total + usd, 0);

  expect(sum).toBe(140);
});

it("99.9 percent of 30 days leave 43.2 minutes", () => {
  const { availabilityPercent, windowDays } = defaults.objectives;

  expect(((100 - availabilityPercent) / 100) * windowDays * 24 * 60).toBeCloseTo(43.2, 6);
});

it("seven years from any day are at most 2557 days", () => {
  const daysOfSevenYears = [2024, 2025, 2026, 2027, 2096].map(
    (year) => (Date.UTC(year + 7, 2, 1) - Date.UTC(year, 2, 1)) / 86_400_000,
  );

  expect(Math.max(...daysOfSevenYears)).toBe(2557);
});
