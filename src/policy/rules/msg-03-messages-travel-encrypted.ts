import type { Condition, Statement } from "../../terraform/statement";
import { channelPolicies, queues, toldStatements, topics } from "../channels";
import { isForEverybody } from "../policies";
import type { SecurityRule } from "../security-rule";

export const msg03: SecurityRule = {
  id: "MSG-03",
  scope: "linked",
  demand: "Policies of queues and topics deny everybody to send without TLS.",
  why: "AWS takes requests over plain HTTP as well, and on the way everybody can read and change them.",
  covers: ["SQSQueueSSLRequestsOnly", "SNSTopicSSLPublishOnly"],
  *check(look) {
    for (const channel of [queues, topics]) {
      for (const at of look.resources(channel.type)) {
        const policies = channelPolicies(look, at, channel).map(toldStatements);
        const isDenied = policies.some((told) => told.length === 0 || told.some((one) => isTlsOnly(one, channel.send)));
        if (isDenied) continue;
        yield {
          at,
          message: policies.length === 0 ? "has no policy that denies plain HTTP." : "does not deny plain HTTP.",
          fix: `Add a statement to its policy: Deny, Principal "*", ${channel.send}, on the condition Bool aws:SecureTransport "false".`,
        };
      }
    }
  },
};

const isTlsOnly = (statement: Statement, send: string): boolean =>
  statement.effect === "Deny" &&
  isForEverybody(statement) &&
  statement.actions.some((action) => action.kind !== "literal" || matches(String(action.value), send)) &&
  statement.conditions.length === 1 &&
  statement.conditions.every(isPlainHttp);

const isPlainHttp = ({ operator, key, values }: Condition): boolean =>
  /^bool(ifexists)?$/i.test(operator) &&
  key.toLowerCase() === "aws:securetransport" &&
  values.every((value) => value.kind !== "literal" || String(value.value).toLowerCase() === "false");

/** Whether an action, which may hold wildcards, means another. */
const matches = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^$(){}|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  ).test(action);
