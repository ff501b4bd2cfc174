import { number, text, value } from "../terraform/blocks";
import { type Estate, managedResources } from "../terraform/estate";
import { alarmLints } from "./alarm-lint";
import { readAlarms } from "./read-alarms";

export interface AlarmFinding {
  readonly lint: string;
  readonly stack: string;
  readonly address: string;
  readonly message: string;
}

/** Applies every lint to every metric alarm of an estate. `timeoutSeconds` adds functions that the estate does not own. */
export function alarmFindings(estate: Estate, timeoutSeconds: ReadonlyMap<string, number> = new Map()): AlarmFinding[] {
  const surroundings = {
    timeoutSeconds: new Map([...timeoutSeconds, ...ownTimeouts(estate)]),
    heardTopics: heardTopics(estate),
  };
  return readAlarms(estate).flatMap((alarm) =>
    alarmLints.flatMap(({ id, problem }) => {
      const message = problem(alarm, surroundings);
      const { stack, address } = alarm.resource;
      return message === undefined ? [] : [{ lint: id, stack: stack.name, address, message }];
    }),
  );
}

function ownTimeouts(estate: Estate): [string, number][] {
  return managedResources(estate, "aws_lambda_function").flatMap((lambda): [string, number][] => {
    const name = text(lambda, "function_name");
    const timeout = number(lambda, "timeout");
    return name === undefined || timeout === undefined ? [] : [[name, timeout]];
  });
}

/** Topics that somebody subscribes to; an alarm names them by ARN, before their stack is applied. */
function heardTopics(estate: Estate): Set<string> {
  const arns = managedResources(estate, "aws_sns_topic_subscription").map((subscription) => {
    const topic = value(subscription, "topic_arn");
    if (topic?.kind === "literal") return String(topic.value);
    if (topic?.kind !== "reference") return "";
    const { region = "", stack } = topic.resource;
    return `arn:aws:sns:${region}:${stack.accountId ?? ""}:${text(topic.resource, "name") ?? ""}`;
  });
  return new Set(arns);
}
