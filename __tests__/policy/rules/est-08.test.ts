import { harmlessTypes } from "../../../src/policy/harmless-types";
import { est08 } from "../../../src/policy/rules/est-08-every-type-is-looked-at";
import { net05 } from "../../../src/policy/rules/net-05-groups-and-acls-are-in-use";
import type { SecurityRule } from "../../../src/policy/security-rule";
import { UnreadableError } from "../../../src/terraform/unreadable";
import { foundInEstate, foundInStack } from "../estate-found";

const asking = (check: SecurityRule["check"]): SecurityRule => ({
  ...{ id: "X-01", scope: "resource", demand: "", why: "", covers: [] },
  check,
});
/** Asks for topics, and for the subscriptions of those that are for people. */
const rule = asking((look) => {
  for (const topic of look.resources("aws_sns_topic")) {
    if (look.isSet(topic, "display_name")) look.linked(topic, "aws_sns_topic_subscription", "topic_arn");
  }
  return [];
});
const subscription = { aws_sns_topic_subscription: { own: { topic_arn: "x" } } };

describe("EST-08", () => {
  it("lets an estate have types that a rule asks for, that have a policy, or that are harmless", () => {
    expect(
      foundInStack(est08([rule]), {
        aws_sns_topic: { own: { display_name: "Alerts" } },
        ...subscription,
        aws_backup_vault_policy: { own: { policy: "{}" } },
        aws_eip: { own: {} },
        random_id: { own: {} },
      }),
    ).toEqual([]);
  });

  it("looks at the whole estate before it calls a type unknown", () => {
    const aws_sns_topic = { first: {}, second: { display_name: "Alerts" } };

    expect(foundInStack(est08([rule]), { aws_sns_topic, ...subscription })).toEqual([]);
  });

  it("finds each type that no rule asks for, once, at its first resource", () => {
    const unknown = { aws_instance: { a: {}, b: {} } };

    expect(
      foundInEstate(est08([rule]), {
        network: { resource: { aws_sns_topic: { own: {} }, ...subscription } },
        service: { resource: unknown },
        edge: { resource: unknown },
      }),
    ).toEqual([
      "network: aws_sns_topic_subscription.own is an aws_sns_topic_subscription, which no rule looks at.",
      "service: aws_instance.a is an aws_instance, which no rule looks at.",
    ]);
  });

  it("does not take a type for judged that NET-05 asks for its security group", () => {
    const aws_db_instance = { own: { publicly_accessible: true } };

    expect(foundInStack(est08([{ ...net05, id: "X-05" }]), { aws_db_instance })).toEqual([]);
    expect(foundInStack(est08([net05]), { aws_db_instance })).toEqual([
      "data: aws_db_instance.own is an aws_db_instance, which no rule looks at.",
    ]);
  });

  it("asks the rules after one that cannot read something, and keeps to itself what they cannot tell", () => {
    const unreadable = asking(() => {
      throw new UnreadableError("aws_sns_topic.own", "it is a riddle");
    });
    const untold = asking((look) => {
      for (const topic of look.resources("aws_sns_topic")) look.literal(topic, "name");
      return [];
    });

    expect(foundInStack(est08([unreadable, untold]), { aws_sns_topic: { own: { name: "${var.name}" } } })).toEqual([]);
  });

  it("has a reason for each type that is harmless, in their order", () => {
    const types = Object.keys(harmlessTypes);

    expect(types).toEqual([...types].sort());
    expect(types.filter((type) => !/^aws_[a-z0-9_]+$/.test(type))).toEqual([]);
    expect(Object.values(harmlessTypes).filter((reason) => !/^[A-Z].{15,}\.$/.test(reason))).toEqual([]);
  });
});
