import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { PrivateBucket } from "./private-bucket";
import { allowAccessLogs } from "./resource-policy";

export interface DataBucketsProps {
  readonly names: Names;
  /** Key of artifacts and of the UI. Access logs cannot have one: S3 writes them under its own keys only. */
  readonly kmsKeyArn: string;
  readonly abortUploadDays: number;
  readonly noncurrentVersionDays: number;
  readonly accessLogDays: number;
  readonly artifactDays: number;
  /** Artifacts are read in their first days and rarely after; the cheaper class is billed for at least 30 days. */
  readonly artifactInfrequentAfterDays: number;
}

/** Buckets for artifacts, for the UI, and for the access logs of every bucket of each region. */
export class DataBuckets extends Construct {
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
      });
    const logged = {
      encryption: { kmsKeyArn: props.kmsKeyArn },
      accessLogsBucket: accessLogs("access-logs").name,
      abortUploadDays,
    };
    // Targets must lie in the region of the bucket that logs.
    accessLogs("access-logs-dr", drRegion);

    new PrivateBucket(this, "artifacts", {
      ...logged,
      name: names.name("s3-bucket", "artifacts"),
      lifecycleRules: [
        {
          id: "expire",
          transitions: [{ afterDays: props.artifactInfrequentAfterDays, storageClass: "STANDARD_IA" }],
          expirationDays: props.artifactDays,
          noncurrentVersionDays,
        },
      ],
    });
    new PrivateBucket(this, "ui", {
      ...logged,
      name: names.name("s3-bucket", "ui"),
      lifecycleRules: [{ id: "expire-old-versions", noncurrentVersionDays }],
      // CloudFront's right to read names its distribution, which the edge stack makes; a bucket has one policy.
      policy: "elsewhere",
    });
  }
}
