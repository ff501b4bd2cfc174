import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** The service's own metrics by the one dimension each has; alarms are written against these names. */
export const metricNames = {
  Service: [
    "AuthDenied",
    "AuthUnavailable",
    "GithubIpsRefused",
    "KeysUnavailable",
    "ReviewRefused",
    "ReviewSlow120",
    "ReviewSlow300",
    "ReviewSlow600",
  ],
  Source: ["WebhookRejected", "SignatureInvalid", "ReplayDropped", "RedeliveryExhausted", "Redelivered"],
  Secret: [
    "NotAdopted",
    "RollForward",
    "RotationStepFailed",
    "RotationStuck",
    "SecretAgeDays",
    "SenderDrift",
    "SettleWaitMs",
    "CredentialStillUsed",
  ],
  Target: ["ProbeFailed"],
  Probe: ["ProbeRuns"],
} as const;

export type Dimension = keyof typeof metricNames;

export type Samples<D extends Dimension> = Readonly<Partial<Record<(typeof metricNames)[D][number], number>>>;

/** Writes samples that share a dimension value as one line of the log; CloudWatch makes metrics of it (EMF). */
export type RecordMetrics = <D extends Dimension>(dimension: D, value: string, samples: Samples<D>) => void;

/** Recorder for the namespace in `POWERTOOLS_METRICS_NAMESPACE`. */
export function metricsRecorder(): RecordMetrics {
  const metrics = new Metrics();
  // Powertools adds a dimension "service" of its own. A metric with it is another metric, and its alarm never fires.
  metrics.clearDefaultDimensions();
  return (dimension, value, samples) => {
    metrics.addDimension(dimension, value);
    for (const [name, sample] of Object.entries(samples)) {
      if (typeof sample === "number") metrics.addMetric(name, MetricUnit.Count, sample);
    }
    metrics.publishStoredMetrics();
  };
}
