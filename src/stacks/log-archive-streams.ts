import { terraformName } from "../adopt/addresses";
import { Construct } from "../cdktf";
import { LogArchiveStream } from "../compliance/log-archive-stream";
import { logDeliveryAlarms } from "../compliance/log-delivery-alarms";
import { LogSubscriptionRole } from "../compliance/log-subscription-role";
import * as defaults from "../config/defaults";
import type { Names } from "../config/names";
import type { Config } from "../config/schema";
import { EncryptionKey } from "../security/encryption-key";
import { logDelivery } from "../security/key-services";
import { logArchive, logArchiveNouns } from "../security/log-archive";
import { LogGroup } from "../security/log-group";
import { LogSubscription } from "../security/log-subscription";
import { AlarmSet } from "../slo/alarm-set";
import { edgeRegion } from "../slo/alert-regions";
import type { LockedBucket } from "./locked-bucket";

export interface LogArchiveStreamsProps {
  readonly names: Names;
  readonly config: Config;
  /** At home. */
  readonly archive: LockedBucket;
}

const { logDelivery: delivery } = defaults.evidence;

/** The way of logs into the archive: a stream in each region that has log groups, and the role that sends to them.
 *
 * Whoever makes a log group subscribes it; this subscribes those of stacks that come before: flow logs, and groups that
 * the environment adopts.
 */
export class LogArchiveStreams extends Construct {
  constructor(scope: Construct, id: string, props: LogArchiveStreamsProps) {
    super(scope, id);
    const { names, config } = props;
    const home = { id: "home", region: config.region };
    const edge = { id: "edge", region: edgeRegion };
    const streams = (home.region === edge.region ? [home] : [home, edge]).map((at) => this.#stream(at, props));
    const role = new LogSubscriptionRole(this, "subscription-role", {
      name: names.name("iam-role", logArchiveNouns.role),
      accountId: config.accountId,
      // By name: a document that refers to a stream is read anew, and the policy with it, whenever the stream changes.
      streams: streams.map(({ region, kmsKeyArn }) => ({
        arn: logArchive(names, region).destinationArn,
        region,
        kmsKeyArn,
      })),
    });
    const subscribe = (groupId: string, logGroupName: string) =>
      new LogSubscription(this, groupId, {
        logGroupName,
        archive: logArchive(names),
        dependsOn: [role.policy, ...streams.map(({ resource }) => resource)],
      });
    subscribe("flow-logs", names.name("log-group", "flow-logs"));
    for (const thing of config.existing) {
      if (thing.kind === "log-group" && thing.mode === "adopt")
        subscribe(`adopted-${terraformName(thing.name)}`, thing.name);
    }
  }

  #stream({ id, region }: { readonly id: string; readonly region: string }, props: LogArchiveStreamsProps) {
    const { names, config, archive } = props;
    const { accountId, breakGlassRoleArn, deployRoleArn, runbookBaseUrl } = config;
    const errorsNoun = "log-delivery";
    const kmsKeyArn = new EncryptionKey(this, `${id}-key`, {
      alias: names.name("kms-alias", "log-streams"),
      description: `Logs on their way to the archive, from ${region}`,
      region,
      accountId,
      deletionDays: defaults.recovery.keyDeletionDays,
      breakGlassRoleArn,
      deployRoleArn,
      useThrough: ["firehose"],
      services: [logDelivery(region, [names.arn("log-group", errorsNoun, region)])],
    }).arn;
    const errorLogGroup = new LogGroup(this, `${id}-errors`, {
      name: names.name("log-group", errorsNoun),
      region,
      retentionDays: delivery.errorLogDays,
      kmsKeyArn,
    });
    const streamName = names.name("delivery-stream", logArchiveNouns.stream);
    const { resource } = new LogArchiveStream(this, `${id}-stream`, {
      name: streamName,
      region,
      accountId,
      roleName: names.name("iam-role", `${errorsNoun}-${id}`),
      kmsKeyArn,
      errorLogGroup,
      archive: {
        name: archive.bucket.name,
        arn: archive.bucket.arn,
        region: config.region,
        kmsKeyArn: archive.kmsKeyArn,
      },
      buffer: { seconds: delivery.bufferSeconds, megabytes: delivery.bufferMegabytes },
      dependsOn: [archive.policy],
    });
    const rows = logDeliveryAlarms({ streamName, lateAfterSeconds: delivery.lateAfterSeconds });
    new AlarmSet(this, `${id}-alarms`, { names, region, runbookBaseUrl, rows });
    return { resource, region, kmsKeyArn };
  }
}
