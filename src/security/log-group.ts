import { CloudwatchLogGroup } from "../aws";
import { Construct } from "../cdktf";
import type { LogArchive } from "./log-archive";
import { LogSubscription } from "./log-subscription";

export interface LogGroupProps {
  readonly name: string;
  readonly retentionDays: number;
  readonly kmsKeyArn: string;
  /** @default - the region of the provider */
  readonly region?: string;
  /** Where its events go before they expire; the stack that makes it is applied first. @default - nowhere */
  readonly archive?: LogArchive;
}

/** A log group that expires, is encrypted with a customer key and cannot be destroyed by a plan.
 *
 * Services make missing groups themselves, without expiry and without key: such logs are kept, and billed at
 * 0.03 USD per GB and month, for ever. Ingestion costs 0.50 USD per GB.
 */
export class LogGroup extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, "Default", {
      ...(props.region === undefined ? {} : { region: props.region }),
      name: props.name,
      retentionInDays: props.retentionDays,
      kmsKeyId: props.kmsKeyArn,
      lifecycle: { preventDestroy: true },
    });
    if (props.archive !== undefined) {
      new LogSubscription(this, "archive", {
        ...(props.region === undefined ? {} : { region: props.region }),
        logGroupName: group.name,
        archive: props.archive,
      });
    }
    this.name = group.name;
    this.arn = group.arn;
  }
}
