import { CloudwatchEventRule, CloudwatchEventTarget, LambdaFunctionEventInvokeConfig, LambdaPermission } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import type { PolicyStatement } from "../security/resource-policy";
import { type LambdaFunction, liveAlias } from "./lambda-function";

export interface ScheduledInvocationProps {
  readonly names: Names;
  /** Names the rule. */
  readonly noun: string;
  readonly description: string;
  /** Such as `rate(1 minute)`. */
  readonly schedule: string;
  readonly target: LambdaFunction;
  /** What the function is called with. @default - the event of EventBridge */
  readonly input?: Readonly<Record<string, string>>;
  /** An earlier schedule of the same function: Lambda keeps one setting of retries for both. */
  readonly retriesOf?: ScheduledInvocation;
  /** An event that has waited longer is given up, 60 to 21,600. */
  readonly maxEventAgeSeconds: number;
  /** How often a failed call is repeated, 0 to 2. */
  readonly retryAttempts: number;
}

/** Calls a function on a schedule. What cannot be delivered, or fails for good, is in the function's dead-letter queue. */
export class ScheduledInvocation extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledInvocationProps) {
    super(scope, id);
    const { target, maxEventAgeSeconds, retryAttempts } = props;
    const rule = new CloudwatchEventRule(this, "Default", {
      name: props.names.name("event-rule", props.noun),
      description: props.description,
      scheduleExpression: props.schedule,
    });
    const permission = new LambdaPermission(this, "permission", {
      action: "lambda:InvokeFunction",
      functionName: target.name,
      qualifier: liveAlias,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      arn: target.aliasArn,
      retryPolicy: { maximumEventAgeInSeconds: maxEventAgeSeconds, maximumRetryAttempts: retryAttempts },
      deadLetterConfig: { arn: target.deadLetterQueueArn },
      ...(props.input ? { input: JSON.stringify(props.input) } : {}),
      dependsOn: [permission],
    });
    if (props.retriesOf) return;
    // The target's policy covers the delivery to Lambda; this covers the run.
    new LambdaFunctionEventInvokeConfig(this, "retries", {
      functionName: target.name,
      qualifier: liveAlias,
      maximumEventAgeInSeconds: maxEventAgeSeconds,
      maximumRetryAttempts: retryAttempts,
    });
  }
}

/** Lets rules put what they could not deliver into a function's dead-letter queue. */
export const undeliveredEvents = (
  names: Names,
  functionNoun: string,
  ruleNouns: readonly string[] = [functionNoun],
): PolicyStatement => {
  const [first = "", ...more] = ruleNouns.map((noun) => names.arn("event-rule", noun));
  return {
    Sid: "UndeliveredEvents",
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com"] },
    Action: ["sqs:SendMessage"],
    Resource: names.arn("sqs-queue", `${functionNoun}-dlq`),
    Condition: { ArnEquals: { "aws:SourceArn": more.length > 0 ? [first, ...more] : first } },
  };
};
