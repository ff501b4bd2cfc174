import type { Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

export const lmb02: SecurityRule = {
  id: "LMB-02",
  scope: "resource",
  demand: "A function has a dead-letter target, and a reader of a stream a destination for what fails.",
  why: "An event that fails three times is gone, and nobody hears of it.",
  covers: ["CKV_AWS_116", "LambdaAsyncFailureDestination", "LambdaEventSourceMappingDestination"],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      if (!look.blocks(at, "dead_letter_config").some((config) => look.isSet(config, "target_arn"))) {
        const fix = "Set dead_letter_config.target_arn to the ARN of a queue or topic.";
        yield { at, message: "loses events that fail.", fix };
      }
    }
    for (const at of look.resources("aws_lambda_event_source_mapping")) {
      const destinations = look.blocks(at, "destination_config").flatMap((config) => look.blocks(config, "on_failure"));
      if (!destinations.some((onFailure) => look.isSet(onFailure, "destination_arn")) && !mayReadQueue(look, at)) {
        const fix = "Set destination_config.on_failure.destination_arn to the ARN of a queue or topic.";
        yield { at, message: "loses records that fail.", fix };
      }
    }
  },
};

/** A queue keeps what fails by itself. A source that is not in the estate is told by its type, or by its ARN. */
function mayReadQueue(look: Look, mapping: Resource): boolean {
  const written = mapping.attributes.event_source_arn;
  const source = typeof written === "string" ? written : "";
  const [, service] = /^arn:[\w-]+:([\w-]+):/.exec(source) ?? [];
  const type = look.target(mapping, "event_source_arn")?.type ?? /^\$\{(?:data\.)?(aws_\w+)\./.exec(source)?.[1];
  if (service !== undefined || type !== undefined) return service === "sqs" || type === "aws_sqs_queue";
  return look.holds(mapping, "event_source_arn", (arn) => typeof arn === "string" && /^arn:[\w-]+:sqs:/.test(arn));
}
