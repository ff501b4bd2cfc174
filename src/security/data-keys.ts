import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { EncryptionKey, type EncryptionKeyProps } from "./encryption-key";
import { eventDelivery, logDelivery, originAccess } from "./key-services";

export interface DataKeysProps
  extends Pick<EncryptionKeyProps, "deletionDays" | "breakGlassRoleArn" | "deployRoleArn"> {
  readonly names: Names;
}

/** One key for each purpose and region, so that a role with one of them opens nothing else and a lost key takes one thing.
 *
 * The second region has keys of its own, not replicas of the same: a multi-region key is disabled everywhere at once.
 * Seven keys cost 7 USD a month, and up to 14 more as their rotations add up.
 */
export class DataKeys extends Construct {
  /** Tables and buckets. */
  readonly dataArn: string;
  readonly drDataArn: string;
  readonly secretsArn: string;
  readonly drSecretsArn: string;
  /** Queues. */
  readonly messagesArn: string;
  /** Log groups in the home region. */
  readonly logsArn: string;
  /** Environment variables of functions. */
  readonly functionsArn: string;

  constructor(scope: Construct, id: string, props: DataKeysProps) {
    super(scope, id);
    const { names, ...guard } = props;
    const { accountId, region, drRegion } = names.identity;
    const key = (
      keyId: string,
      alias: string,
      description: string,
      use: Pick<EncryptionKeyProps, "useThrough" | "services" | "region">,
    ) =>
      new EncryptionKey(this, keyId, {
        ...guard,
        alias: names.name("kms-alias", alias),
        description,
        accountId,
        ...use,
      }).arn;

    this.dataArn = key("data", "data", "Tables and buckets", {
      useThrough: ["dynamodb", "s3"],
      services: [originAccess(names.arn("s3-bucket", "ui"), accountId)],
    });
    this.drDataArn = key("data-dr", "data", "Replicas of tables and buckets", {
      region: drRegion,
      useThrough: ["dynamodb", "s3"],
      services: [originAccess(names.arn("s3-bucket", "ui-dr"), accountId)],
    });
    this.secretsArn = key("secrets", "secrets", "Secrets", { useThrough: ["secretsmanager"] });
    this.drSecretsArn = key("secrets-dr", "secrets", "Replicas of secrets", {
      region: drRegion,
      useThrough: ["secretsmanager"],
    });
    this.messagesArn = key("messages", "messages", "Queues", {
      useThrough: ["sqs"],
      services: [eventDelivery([names.arn("sqs-queue", "*")])],
    });
    const logGroups = (["function-log-group", "log-group", "waf-log-group"] as const).map((kind) =>
      names.arn(kind, "*"),
    );
    // API Gateway names its execution logs after the API's id, which AWS invents.
    const executionLogs = `arn:aws:logs:${region}:${accountId}:log-group:API-Gateway-Execution-Logs_*`;
    this.logsArn = key("logs", "logs", "Log groups", {
      services: [logDelivery(region, [...logGroups, executionLogs])],
    });
    this.functionsArn = key("functions", "functions", "Environment variables of functions", { useThrough: ["lambda"] });
  }
}
