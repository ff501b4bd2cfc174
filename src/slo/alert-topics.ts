import { SnsTopic, SnsTopicPolicy, SnsTopicSubscription } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { everybody, policyJson } from "../security/resource-policy";
import type { TopicId } from "./alarm-row";
import { publishers } from "./publishers";

export interface AlertTopicsProps {
  readonly names: Names;
  /** An alarm can only tell a topic of its own region. */
  readonly region: string;
  /** Its policy must admit every publisher; `alias/aws/sns` admits none of them. */
  readonly keyArn: string;
  /** E-mail addresses; each receives a mail to confirm before the first alert. */
  readonly subscribers: Readonly<Record<TopicId, readonly string[]>>;
}

/** The four topics of a region: encrypted, open to the services that alert and nobody else, each with its subscribers.
 *
 * Without them an alarm changes colour and nobody is told. Costs 2 USD for 100,000 mails, the first 1,000 are free.
 */
export class AlertTopics extends Construct {
  /** Of the topics' policies, so that whoever is given one waits until the topic admits it. */
  readonly arns: Readonly<Record<TopicId, string>>;

  constructor(scope: Construct, id: string, props: AlertTopicsProps) {
    super(scope, id);
    const topic = (topicId: TopicId) => this.topic(topicId, props);
    this.arns = {
      "error-alerts": topic("error-alerts"),
      "slo-violations": topic("slo-violations"),
      "security-events": topic("security-events"),
      "cost-alerts": topic("cost-alerts"),
    };
  }

  private topic(topicId: TopicId, { names, region, keyArn, subscribers }: AlertTopicsProps): string {
    const topic = new SnsTopic(this, topicId, {
      region,
      name: names.name("sns-topic", topicId),
      kmsMasterKeyId: keyArn,
      // SHA-256 instead of SHA-1.
      signatureVersion: 2,
    });
    const policy = new SnsTopicPolicy(this, `${topicId}-policy`, {
      region,
      arn: topic.arn,
      policy: topicPolicy(topicId, names, region),
    });
    for (const email of new Set(subscribers[topicId])) {
      // Named after the address: a position in the list would make everyone behind a leaver confirm again.
      new SnsTopicSubscription(this, `${topicId}-to-${email.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`, {
        region,
        topicArn: topic.arn,
        protocol: "email",
        endpoint: email,
      });
    }
    return policy.arn;
  }
}

/** Publishing by the topic's services, and only over TLS. Subscribing is left to the account's own roles. */
export function topicPolicy(topicId: TopicId, names: Names, region: string): string {
  const { accountId } = names.identity;
  const arn = names.arn("sns-topic", topicId, region);
  const scope = { accountId, alarmArns: names.arn("alarm", "*", region) };
  return policyJson([
    ...publishers
      .filter(({ topics }) => topics.includes(topicId))
      .map(({ sid, principal, conditions }) => ({
        Sid: sid,
        Effect: "Allow" as const,
        Principal: { Service: [principal] },
        Action: ["sns:Publish"],
        Resource: arn,
        ...(conditions ? { Condition: conditions(scope) } : {}),
      })),
    {
      Sid: "DenyPlainHttp",
      Effect: "Deny",
      Principal: everybody,
      Action: ["sns:Publish"],
      Resource: arn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
