import { z } from "zod";
import { block, number, text, texts } from "../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { calledFunction, referenced, required } from "./throttled-routes";

/** A function's limits as the JSON has them. */
export interface LimitedFunction {
  readonly name: string;
  readonly timeoutSeconds: number;
  /** Absent where it draws from the account's pool. */
  readonly reservedConcurrency?: number;
  readonly hasDeadLetterQueue: boolean;
  /** Made by others: what this project does not set, their configuration says, not the JSON. */
  readonly adopted: boolean;
}

/** A queue that a function reads. */
export interface QueueSource {
  readonly queueName: string;
  readonly functionName: string;
  readonly maximumConcurrency?: number;
  readonly visibilitySeconds: number;
  /** How often a message is received before it goes to the dead-letter queue; absent where there is none. */
  readonly maxReceiveCount?: number;
}

/** What AWS takes for a timeout, and for a message to stay invisible, that is not written out. */
const timeoutByDefault = 3;
const visibilityByDefault = 30;

export function limitedFunctions(estate: Estate): LimitedFunction[] {
  return managedResources(estate, "aws_lambda_function").map((fn) => {
    const reserved = number(fn, "reserved_concurrent_executions") ?? -1;
    const lifecycle = block(fn, "lifecycle");
    return {
      name: required(text(fn, "function_name"), fn, "function_name"),
      timeoutSeconds: number(fn, "timeout") ?? timeoutByDefault,
      ...(reserved >= 0 ? { reservedConcurrency: reserved } : {}),
      hasDeadLetterQueue: block(fn, "dead_letter_config") !== undefined,
      adopted: lifecycle !== undefined && texts(lifecycle, "ignore_changes").includes("filename"),
    };
  });
}

/** Every queue that feeds a function; throws for another kind of source, whose pace these rules do not know. */
export function queueSources(estate: Estate): QueueSource[] {
  const redrives = managedResources(estate, "aws_sqs_queue_redrive_policy");
  return managedResources(estate, "aws_lambda_event_source_mapping").map((mapping) => {
    const queue = referenced(mapping, "event_source_arn");
    if (queue.type !== "aws_sqs_queue") {
      throw new UnreadableError(`${mapping.address}.event_source_arn`, `${queue.address} is not a queue`);
    }
    const scaling = block(mapping, "scaling_config");
    const maximumConcurrency = scaling && number(scaling, "maximum_concurrency");
    const separate = redrives.find((each) => referenced(each, "queue_url") === queue);
    const maxReceiveCount = receives(queue) ?? (separate && receives(separate));
    return {
      queueName: required(text(queue, "name"), queue, "name"),
      functionName: calledFunction(mapping, "function_name"),
      ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }),
      visibilitySeconds: number(queue, "visibility_timeout_seconds") ?? visibilityByDefault,
      ...(maxReceiveCount === undefined ? {} : { maxReceiveCount }),
    };
  });
}

const RedrivePolicy = z.looseObject({ maxReceiveCount: z.int().min(1) });

/** Number of receives in a redrive policy; its target is a reference, so the text around it is read as written. */
function receives(holder: Resource): number | undefined {
  const written = holder.attributes.redrive_policy;
  if (written === undefined || written === null) return undefined;
  const policy = typeof written === "string" ? parsedJson(written) : written;
  const { success, data } = RedrivePolicy.safeParse(policy);
  if (success) return data.maxReceiveCount;
  throw new UnreadableError(`${holder.address}.redrive_policy`, "it must be JSON with a maxReceiveCount of 1 or more");
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
