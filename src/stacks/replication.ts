import type { Construct } from "../cdktf";
import { recovery } from "../config/defaults";
import type { Names } from "../config/names";
import { ReplicatedBucket, type ReplicatedBucketProps } from "../recovery/replicated-bucket";
import { replicationAlarms } from "../recovery/replication-alarms";
import { AlarmSet } from "../slo/alarm-set";

export interface ReplicationProps extends Pick<ReplicatedBucketProps, "source" | "replica" | "dependsOn"> {
  readonly names: Names;
  /** Of the source; its replica is called the same with `-dr`. */
  readonly noun: string;
  readonly runbookBaseUrl: string;
}

const ruleId = "everything";

/** Fills a bucket of one region from a bucket of another, and raises a ticket for what could not be copied. */
export function replicate(scope: Construct, { names, noun, runbookBaseUrl, ...pair }: ReplicationProps): void {
  new ReplicatedBucket(scope, `${noun}-replication`, {
    ...pair,
    roleName: names.name("iam-role", `replicate-${noun}`),
    ruleId,
    withinMinutes: recovery.replicationMinutes,
  });
  new AlarmSet(scope, `${noun}-alarms`, {
    names,
    region: pair.source.region,
    runbookBaseUrl,
    rows: replicationAlarms([
      {
        id: noun,
        sourceBucket: names.name("s3-bucket", noun),
        destinationBucket: names.name("s3-bucket", `${noun}-dr`),
        ruleId,
      },
    ]),
  });
}
