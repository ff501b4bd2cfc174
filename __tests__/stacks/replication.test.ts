import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { DataStack } from "../../src/stacks/data-stack";
import { type Attributes, resources, type TerraformJson } from "../support/synthesize";

const dataStack = (environment: string): TerraformJson =>
  JSON.parse(
    Testing.synth(new DataStack(new App({ stackTraces: false, skipValidation: true }), loadEnvironment(environment))),
  );

interface ReplicationRule {
  readonly destination: Attributes & { readonly encryption_configuration: Attributes };
  readonly delete_marker_replication: Attributes;
}

describe.each([
  ["production", "us-east-1", "111122223333"],
  ["staging", "eu-central-1", "444455556666"],
])("artifacts and UI of %s", (name, home, account) => {
  const json = dataStack(name);
  const replications = json.resource?.aws_s3_bucket_replication_configuration ?? {};
  /** An attribute's reference, as construct ids without the hash. */
  const referred = (value: unknown): string => String(value).replace(/^\$\{aws_(\w+\.[\w-]+)_\w+\.\w+\}$/, "$1");

  test("are copied to the second region under that region's key, within 15 minutes", () => {
    const copies = Object.entries(replications).map(([id, { region, bucket, rule }]) => {
      const [only] = rule as ReplicationRule[];
      return {
        id,
        region,
        from: referred(bucket),
        to: referred(only?.destination.bucket),
        key: referred(only?.destination.encryption_configuration.replica_kms_key_id),
        within: only?.destination.replication_time,
        deletions: only?.delete_marker_replication,
      };
    });

    const both = {
      region: home,
      key: "kms_key.keys_data-dr",
      within: { status: "Enabled", time: { minutes: 15 } },
      deletions: { status: "Disabled" },
    };
    expect(copies).toEqual([
      {
        ...both,
        id: "artifacts-replication",
        from: "s3_bucket.buckets_artifacts",
        to: "s3_bucket.buckets_artifacts-dr",
      },
      { ...both, id: "ui-replication", from: "s3_bucket.buckets_ui", to: "s3_bucket.buckets_ui-dr" },
    ]);
  });

  test("are copied by a role each, once both sides keep versions", () => {
    expect(resources(json, "aws_iam_role").map(({ name: role }) => role)).toEqual(
      expect.arrayContaining([`acme-${name}-replicate-artifacts`, `acme-${name}-replicate-ui`]),
    );
    for (const noun of ["artifacts", "ui"]) {
      const dependsOn = replications[`${noun}-replication`]?.depends_on as string[];
      expect(dependsOn.map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
        `aws_iam_role_policy.${noun}-replication_policy`,
        `aws_s3_bucket_versioning.buckets_${noun}_versioning`,
        `aws_s3_bucket_versioning.buckets_${noun}-dr_versioning`,
      ]);
    }
  });

  test("are missed in the home region by a ticket, under the name of the replication's one rule", () => {
    const alarms = resources(json, "aws_cloudwatch_metric_alarm").map(
      ({ alarm_name, region, alarm_actions, metric_query }) => {
        const [query] = metric_query as { metric: { metric_name: string; dimensions: Attributes } }[];
        return { alarm_name, region, alarm_actions, metric: query?.metric.metric_name, of: query?.metric.dimensions };
      },
    );
    const ruleIds = Object.values(replications).flatMap(({ rule }) => (rule as { id: string }[]).map(({ id }) => id));

    expect(ruleIds).toEqual(["everything", "everything"]);
    expect(alarms).toEqual(
      ["artifacts", "ui"].map((noun) => ({
        alarm_name: `acme-${name}-ticket-s3-replication-failed-${noun}`,
        region: home,
        alarm_actions: [`arn:aws:sns:${home}:${account}:acme-${name}-error-alerts`],
        metric: "OperationsFailedReplication",
        of: {
          SourceBucket: `acme-${name}-${noun}-${account}`,
          DestinationBucket: `acme-${name}-${noun}-dr-${account}`,
          RuleId: "everything",
        },
      })),
    );
  });
});
