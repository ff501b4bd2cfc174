import { CloudwatchLogSubscriptionFilter } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";
import type { LogArchive } from "./log-archive";

export interface LogSubscriptionProps {
  readonly logGroupName: string;
  readonly archive: LogArchive;
  /** Of the group, and of the stream. @default - the region of the provider */
  readonly region?: string;
  /** The stream and the role's rights, where the same stack makes them: AWS sends a test message at once. @default - none */
  readonly dependsOn?: readonly TerraformResource[];
}

/** Sends every event of a log group to the archive, within minutes; a group takes two subscriptions.
 *
 * Without it a break-in that is found after the group's retention has no logs left (FS-09). What the group held before
 * is not sent. Free; the stream costs.
 */
export class LogSubscription extends Construct {
  constructor(scope: Construct, id: string, props: LogSubscriptionProps) {
    super(scope, id);
    new CloudwatchLogSubscriptionFilter(this, "Default", {
      ...(props.region === undefined ? {} : { region: props.region }),
      name: props.archive.subscriptionName,
      logGroupName: props.logGroupName,
      // Empty: lets everything through.
      filterPattern: "",
      destinationArn: props.archive.destinationArn,
      roleArn: props.archive.roleArn,
      ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
    });
  }
}
