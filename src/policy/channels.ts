import type { Resource } from "../terraform/estate";
import type { Statement } from "../terraform/statement";
import { UnreadableError } from "../terraform/unreadable";
import type { Look } from "./look";
import { shapedStatements } from "./shapes";

/** A kind of resource that messages are sent to, and how its companions name it. */
export interface Channel {
  readonly type: string;
  readonly policyType: string;
  /** By which a companion names its queue or topic. */
  readonly namedBy: string;
  readonly send: string;
}

export const queues: Channel = {
  type: "aws_sqs_queue",
  policyType: "aws_sqs_queue_policy",
  namedBy: "queue_url",
  send: "sqs:SendMessage",
};
export const topics: Channel = {
  type: "aws_sns_topic",
  policyType: "aws_sns_topic_policy",
  namedBy: "arn",
  send: "sns:Publish",
};

/** Companions of a queue or a topic, also those that name it by its URL or ARN written out. */
export function attachedTo(look: Look, owner: Resource, type: string, attribute: string): Resource[] {
  const linked = look.linked(owner, type, attribute);
  const others = look.resources(type).filter((other) => !linked.includes(other));
  return [...linked, ...others.filter((other) => isAddressOf(look, owner, other, attribute))];
}

function isAddressOf(look: Look, owner: Resource, companion: Resource, attribute: string): boolean {
  const [address] = look.items(companion, attribute);
  if (address?.kind !== "literal" || typeof address.value !== "string") return false;
  const name = look.text(owner, "name");
  if (name === undefined || address.value.split(/[:/]/).at(-1) !== name) return false;
  return owner.region === undefined || address.value.split(/[:./]/).includes(owner.region);
}

/** The policies of a queue or a topic: in its own `policy`, and in resources of their own. */
export function channelPolicies(look: Look, owner: Resource, { policyType, namedBy }: Channel): Resource[] {
  const own = look.isSet(owner, "policy") ? [owner] : [];
  return [...own, ...attachedTo(look, owner, policyType, namedBy)];
}

/** What a policy says; none where it leads out of what is judged, or cannot be read, which is IAM-07's to find. */
export function toldStatements(at: Resource): Statement[] {
  try {
    const written = at.attributes.policy ?? null;
    return written === null ? [] : shapedStatements(written, at.stack, `${at.address}.policy`);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return [];
  }
}
