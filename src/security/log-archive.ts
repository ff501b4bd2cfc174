import type { Names } from "../config/names";

/** Where a log group sends its events, and the role that CloudWatch Logs takes to send them. */
export interface LogArchive {
  /** Of the subscription: AWS overwrites one of the same name, and adopted groups may have others. */
  readonly subscriptionName: string;
  readonly destinationArn: string;
  readonly roleArn: string;
}

/** What the compliance stack makes and every other stack refers to by name. */
export const logArchiveNouns = { stream: "logs", role: "log-subscription" } as const;

/** The archive as log groups of a region see it. Only home and the region of the edge have a stream. @default - home */
export const logArchive = (names: Names, region?: string): LogArchive => ({
  subscriptionName: names.name("delivery-stream", logArchiveNouns.stream),
  destinationArn: names.arn("delivery-stream", logArchiveNouns.stream, region),
  roleArn: names.arn("iam-role", logArchiveNouns.role),
});
