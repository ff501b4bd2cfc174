import type { Block, Resource } from "../../terraform/estate";
import { attachedTo, queues } from "../channels";
import type { Look } from "../look";
import { type Redrive, redriveOf } from "../redrive";
import type { SecurityRule } from "../security-rule";

const leastReceives = 5;
const timeoutsPerVisibility = 6;
/** Of AWS, where nothing is written. */
const byDefault = { visibilitySeconds: 30, timeoutSeconds: 3 };
const mappingType = "aws_lambda_event_source_mapping";

export const msg04: SecurityRule = {
  id: "MSG-04",
  scope: "linked",
  demand:
    "A queue that a function reads gives a message up after 5 receives or more, and hides it for 6 times the function's timeout.",
  why: "A message that shows up again too early is worked on twice; one that is never given up is worked on for ever.",
  covers: ["SQSRedrivePolicy", "LambdaEventSourceSQSVisibilityTimeout"],
  *check(look) {
    for (const at of look.resources(queues.type)) {
      const readers = attachedTo(look, at, mappingType, "event_source_arn");
      if (readers.length === 0) continue;
      const redrive = redriveOfQueue(look, at);
      if (redrive?.hasTarget === false) {
        yield {
          at,
          message: "is read by a function and has no dead-letter queue.",
          fix: `Set redrive_policy with deadLetterTargetArn and a maxReceiveCount of ${leastReceives}.`,
        };
      } else if (redrive?.maxReceiveCount !== undefined && redrive.maxReceiveCount < leastReceives) {
        yield {
          at,
          message: `gives a message up after ${redrive.maxReceiveCount} receives.`,
          fix: `Set maxReceiveCount in redrive_policy to ${leastReceives} or more.`,
        };
      }
      const visibility = secondsOf(look, at, "visibility_timeout_seconds", byDefault.visibilitySeconds);
      const timeouts = readers
        .flatMap((reader) => functionsOf(look, reader))
        .map((reader) => secondsOf(look, reader, "timeout", byDefault.timeoutSeconds) ?? 0);
      const least = timeoutsPerVisibility * Math.max(0, ...timeouts);
      if (visibility === undefined || visibility >= least) continue;
      yield {
        at,
        message: `hides a message for ${visibility} s, where its reader may take ${least / timeoutsPerVisibility} s.`,
        fix: `Set visibility_timeout_seconds to ${least} or more.`,
      };
    }
  },
};

function redriveOfQueue(look: Look, queue: Resource): Redrive | undefined {
  const places = [queue, ...attachedTo(look, queue, "aws_sqs_queue_redrive_policy", queues.namedBy)];
  const found = places.map((place) => redriveOf(look, place, "redrive_policy"));
  return found.find((redrive) => redrive?.hasTarget !== false) ?? (found.includes(undefined) ? undefined : found[0]);
}

function secondsOf(look: Look, block: Block, attribute: string, otherwise: number): number | undefined {
  return look.isSet(block, attribute) ? look.number(block, attribute) : otherwise;
}

/** The functions that a mapping calls, by name, by ARN or through an alias. */
function functionsOf(look: Look, mapping: Resource): Resource[] {
  const aliases = look
    .resources("aws_lambda_alias")
    .filter((alias) => look.linked(alias, mappingType, "function_name").includes(mapping));
  return look.resources("aws_lambda_function").filter((candidate) => {
    const ofAlias = look.linked(candidate, "aws_lambda_alias", "function_name");
    return (
      look.linked(candidate, mappingType, "function_name").includes(mapping) ||
      ofAlias.some((alias) => aliases.includes(alias)) ||
      isInArn(look, mapping, candidate)
    );
  });
}

function isInArn(look: Look, mapping: Resource, candidate: Resource): boolean {
  const called = look.text(mapping, "function_name")?.replace(/^.*function:/, "");
  return called !== undefined && called.split(":")[0] === look.text(candidate, "function_name");
}
