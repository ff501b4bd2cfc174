import { patientClient, promptClient } from "../../../functions/shared/aws-client";
import { errorFields, powertoolsLog } from "../../../functions/shared/log";
import { metricNames, metricsRecorder } from "../../../functions/shared/metrics";

/** Lines that Powertools prints; its development switch makes it use the console that a test can watch. */
function printedBy(action: () => void): Record<string, unknown>[] {
  process.env.POWERTOOLS_DEV = "true";
  process.env.POWERTOOLS_METRICS_DISABLED = "false";
  process.env.POWERTOOLS_METRICS_NAMESPACE = "ReviewPlatform";
  process.env.POWERTOOLS_SERVICE_NAME = "webhook";
  const lines: string[] = [];
  const methods = (["log", "info", "warn", "error"] as const).map((method) =>
    jest.spyOn(console, method).mockImplementation((...line: unknown[]) => void lines.push(String(line[0]))),
  );
  action();
  for (const method of methods) method.mockRestore();
  return lines.map((line) => JSON.parse(line));
}

describe("a metric", () => {
  it("has the one dimension that its alarm names, and none of Powertools' own", () => {
    const [line] = printedBy(() => metricsRecorder()("Source", "github", { WebhookRejected: 1 }));

    expect(line).toMatchObject({
      Source: "github",
      WebhookRejected: 1,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: "ReviewPlatform",
            Dimensions: [["Source"]],
            Metrics: [{ Name: "WebhookRejected", Unit: "Count" }],
          },
        ],
      },
    });
    expect(line).not.toHaveProperty("service");
  });

  it("carries nothing of the line before", () => {
    const [, second] = printedBy(() => {
      const record = metricsRecorder();
      record("Target", "s3", { ProbeFailed: 0 });
      record("Probe", "home", { ProbeRuns: 1 });
    });

    expect(second).toMatchObject({
      Probe: "home",
      ProbeRuns: 1,
      _aws: { CloudWatchMetrics: [{ Dimensions: [["Probe"]] }] },
    });
    expect(second).not.toHaveProperty("ProbeFailed");
    expect(second).not.toHaveProperty("Target");
  });

  it("shares its line with the others of the same dimension", () => {
    const lines = printedBy(() => metricsRecorder()("Service", "authorize", { AuthDenied: 0, AuthUnavailable: 1 }));

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ Service: "authorize", AuthDenied: 0, AuthUnavailable: 1 });
  });

  it("name stands under one dimension only", () => {
    const names = Object.values(metricNames).flat();

    expect(new Set(names).size).toBe(names.length);
  });
});

describe("a line of the log", () => {
  it("carries the correlation id", () => {
    const [line] = printedBy(() => {
      const { log, correlate } = powertoolsLog();
      correlate("request-1");
      log.warn("webhook-rejected", { reason: "no-match" });
    });

    expect(line).toMatchObject({
      level: "WARN",
      message: "webhook-rejected",
      reason: "no-match",
      correlation_id: "request-1",
    });
  });

  it("about an error says which and where, but not the message, which may quote a body", () => {
    const error = Object.assign(new SyntaxError('Unexpected token in "canary"'), { status: 502 });

    const fields = errorFields(error);

    expect(fields).toMatchObject({ errorName: "SyntaxError", status: 502 });
    expect(JSON.stringify(fields)).toContain("observability.test");
    expect(JSON.stringify(fields)).not.toContain("canary");
  });

  it("about something thrown that is no error says only what it was", () => {
    expect(errorFields("canary")).toEqual({ errorName: "string" });
    expect(errorFields(Object.assign(new Error("x"), { stack: undefined }))).toEqual({
      errorName: "Error",
      frames: [],
    });
  });
});

describe("a client of AWS", () => {
  it.each([promptClient, patientClient])(
    "ends a request that hangs instead of warning about it",
    ({ requestHandler }) => {
      expect(requestHandler.throwOnRequestTimeout).toBe(true);
    },
  );

  it("of the webhook gives up before GitHub does after ten seconds, though two calls of a service that hangs are made", () => {
    const worstCallMs = promptClient.maxAttempts * promptClient.requestHandler.requestTimeout;

    expect(2 * worstCallMs).toBeLessThan(9_000);
  });
});
