import { AthenaWorkgroup, GlueCatalogDatabase, GlueCatalogTable } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { trailColumns } from "./trail-columns";

export interface AuditQueriesProps {
  readonly names: Names;
  readonly accountId: string;
  /** Holds the trail's files. */
  readonly archiveBucketName: string;
  /** Holds what queries answer. */
  readonly resultsBucketName: string;
  readonly kmsKeyArn: string;
  /** A query that would read more is stopped; Athena takes 10 MB or more. */
  readonly scanLimitBytes: number;
  /** The trail has files of every region; queries see those of these. */
  readonly regions: readonly string[];
}

/** Lets an auditor ask the trail with SQL: a workgroup that nobody can loosen, and the table of its files.
 *
 * Partitions are computed from the dates asked for, so nothing has to be kept up to date, and a query with dates reads
 * those days only. Costs 5 USD per TB read; the limit ends a query without dates before it costs more than cents.
 */
export class AuditQueries extends Construct {
  constructor(scope: Construct, id: string, props: AuditQueriesProps) {
    super(scope, id);
    const { names } = props;
    new AthenaWorkgroup(this, "workgroup", {
      name: names.name("athena-workgroup", "audit"),
      description: "Questions to the logs",
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.scanLimitBytes,
        resultConfiguration: {
          outputLocation: `s3://${props.resultsBucketName}/query-results/`,
          expectedBucketOwner: props.accountId,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: props.kmsKeyArn },
        },
      },
    });
    const database = new GlueCatalogDatabase(this, "database", {
      name: names.name("glue-database", "logs"),
      description: "Logs of the platform",
    });
    const files = `s3://${props.archiveBucketName}/AWSLogs/${props.accountId}/CloudTrail`;
    new GlueCatalogTable(this, "trail", {
      databaseName: database.name,
      name: "cloudtrail",
      description: "Calls to the account; name the days in the column timestamp, as yyyy/MM/dd",
      tableType: "EXTERNAL_TABLE",
      // `$$` keeps the placeholders, which are Athena's, from Terraform.
      parameters: {
        "projection.enabled": "true",
        "projection.region.type": "enum",
        "projection.region.values": props.regions.join(","),
        "projection.timestamp.type": "date",
        "projection.timestamp.format": "yyyy/MM/dd",
        "projection.timestamp.interval": "1",
        "projection.timestamp.interval.unit": "DAYS",
        "projection.timestamp.range": "2026/01/01,NOW",
        "storage.location.template": `${files}/$\${region}/$\${timestamp}`,
      },
      partitionKeys: [
        { name: "region", type: "string" },
        { name: "timestamp", type: "string" },
      ],
      storageDescriptor: {
        location: files,
        inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        serDeInfo: { serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe" },
        columns: trailColumns.map(([name, type]) => ({ name, type })),
      },
    });
  }
}
