import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { PrivateBucket, type PrivateBucketProps } from "./private-bucket";
import { allowAccessLogs } from "./resource-policy";

export interface DataBucketsProps {
  readonly names: Names;
  /** Key of artifacts and of the UI. Access logs cannot have one: S3 writes them under its own keys only. */
  readonly kmsKeyArn: string;
  /** Key of their replicas. */
  readonly drKmsKeyArn: string;
  readonly abortUploadDays: number;
  readonly noncurrentVersionDays: number;
  readonly accessLogDays: number;
  readonly artifactDays: number;
  /** Artifacts are read in their first days and rarely after; the cheaper class is billed for at least 30 days. */
  readonly artifactInfrequentAfterDays: number;
}

/** A bucket in the home region and the one in the second that is to hold the same. */
export interface BucketPair {
  readonly home: PrivateBucket;
  readonly dr: PrivateBucket;
}

/** Buckets for artifacts and for the UI, one in each region, and for the access logs of every bucket of each region.
 *
 * What fills those of the second region is made by the stack: this part knows nothing of recovery.
 */
export class DataBuckets extends Construct {
  readonly artifacts: BucketPair;
  readonly ui: BucketPair;

  constructor(scope: Construct, id: string, props: DataBucketsProps) {
    super(scope, id);
    const { names, abortUploadDays, noncurrentVersionDays } = props;
    const { accountId, drRegion } = names.identity;
    const accessLogs = (noun: string, region?: string) =>
      new PrivateBucket(this, noun, {
        name: names.name("s3-bucket", noun),
        ...(region === undefined ? {} : { region }),
        encryption: "sse-s3",
        abortUploadDays,
        lifecycleRules: [{ id: "expire", expirationDays: props.accessLogDays, noncurrentVersionDays }],
        extraStatements: [allowAccessLogs(names.arn("s3-bucket", noun), accountId)],
      }).name;
    const logs = accessLogs("access-logs");
    // Targets must lie in the region of the bucket that logs.
    const drLogs = accessLogs("access-logs-dr", drRegion);

    // Replication copies no expiry, so both have the same rules.
    const pair = (noun: string, both: Pick<PrivateBucketProps, "lifecycleRules" | "policy">): BucketPair => ({
      home: new PrivateBucket(this, noun, {
        ...both,
        name: names.name("s3-bucket", noun),
        encryption: { kmsKeyArn: props.kmsKeyArn },
        accessLogsBucket: logs,
        abortUploadDays,
      }),
      dr: new PrivateBucket(this, `${noun}-dr`, {
        ...both,
        name: names.name("s3-bucket", `${noun}-dr`),
        region: drRegion,
        encryption: { kmsKeyArn: props.drKmsKeyArn },
        accessLogsBucket: drLogs,
        abortUploadDays,
      }),
    });
    this.artifacts = pair("artifacts", {
      lifecycleRules: [
        {
          id: "expire",
          transitions: [{ afterDays: props.artifactInfrequentAfterDays, storageClass: "STANDARD_IA" }],
          expirationDays: props.artifactDays,
          noncurrentVersionDays,
        },
      ],
    });
    this.ui = pair("ui", {
      lifecycleRules: [{ id: "expire-old-versions", noncurrentVersionDays }],
      // CloudFront's right to read names its distribution, which the edge stack makes; a bucket has one policy.
      policy: "elsewhere",
    });
  }
}
