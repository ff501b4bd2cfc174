import type { Existing, ExistingThing } from "../config/existing";
import { unbuilt } from "./unbuilt";

/** A condition of Terraform over `self`, the data source that reads the thing. */
interface Condition {
  readonly holds: string;
  /** What must hold, as it reads after "must". */
  readonly promise: string;
}

/** One condition for each hardening of a thing in mode verify; blocks that are absent never hold. */
export function postconditions(thing: ExistingThing): { condition: string; errorMessage: string }[] {
  return conditionsOf(thing).map(({ holds, promise }) => ({
    condition: `\${${holds}}`,
    errorMessage: `${describe(thing)} must ${promise}. Change it where it is owned.`,
  }));
}

const nouns = {
  "rest-api": "REST API",
  function: "function",
  table: "table",
  bucket: "bucket",
  secret: "secret",
  "log-group": "log group",
} as const satisfies Record<ExistingThing["kind"], string>;

const describe = (thing: ExistingThing) =>
  `The ${nouns[thing.kind]} ${thing.kind === "secret" ? thing.arn : thing.name}`;

function conditionsOf(thing: ExistingThing): Condition[] {
  switch (thing.kind) {
    case "rest-api":
      return thing.harden.map((hardening) => {
        if (hardening.with !== "resource-policy") throw unbuilt(thing, hardening.with);
        // The data source finds an API by its name.
        return { holds: `self.id == "${thing.id}" && self.policy != ""`, promise: "have a resource policy" };
      });
    case "function":
      return thing.harden.map((hardening) => functionCondition(thing, hardening));
    case "table":
      return thing.harden.map((hardening) => tableCondition(thing, hardening));
    case "secret":
      return thing.harden.map((hardening) => {
        if (hardening.with !== "rotation") throw unbuilt(thing, hardening.with);
        // AWS works the days out of a schedule, too, after the first rotation by it.
        const days = "self.rotation_rules[0].automatically_after_days";
        return {
          holds: `try(self.rotation_enabled && ${days} > 0 && ${days} <= ${hardening.everyDays}, false)`,
          promise: `rotate every ${hardening.everyDays} days or more often`,
        };
      });
    case "log-group":
      return thing.harden.map((hardening) => logGroupCondition(thing, hardening));
    case "bucket":
      return thing.harden.map((hardening) => {
        throw unbuilt(thing, hardening.with);
      });
  }
}

function functionCondition(lambda: Existing<"function">, hardening: Existing<"function">["harden"][number]): Condition {
  switch (hardening.with) {
    case "reserved-concurrency":
      return {
        holds: `self.reserved_concurrent_executions == ${lambda.reservedConcurrency}`,
        promise: `reserve ${lambda.reservedConcurrency} concurrent executions`,
      };
    case "timeout":
      return {
        holds: `self.timeout == ${lambda.timeoutSeconds}`,
        promise: `have a timeout of ${lambda.timeoutSeconds} seconds`,
      };
    case "tracing":
      return { holds: 'try(self.tracing_config[0].mode == "Active", false)', promise: "trace its calls" };
    case "environment-key":
      return {
        holds: `self.kms_key_arn == "${hardening.kmsKeyArn}"`,
        promise: `encrypt its environment variables with ${hardening.kmsKeyArn}`,
      };
    case "dead-letter-target":
      return {
        holds: `try(self.dead_letter_config[0].target_arn == "${hardening.targetArn}", false)`,
        promise: `send failed events to ${hardening.targetArn}`,
      };
    case "vpc":
      return { holds: "try(length(self.vpc_config[0].subnet_ids) > 0, false)", promise: "run in a VPC" };
    default:
      throw unbuilt(lambda, hardening.with);
  }
}

function tableCondition(table: Existing<"table">, hardening: Existing<"table">["harden"][number]): Condition {
  switch (hardening.with) {
    case "point-in-time-recovery":
      return {
        holds: `try(self.point_in_time_recovery[0].enabled && self.point_in_time_recovery[0].recovery_period_in_days >= ${hardening.days}, false)`,
        promise: `have point-in-time recovery over ${hardening.days} days or more`,
      };
    case "deletion-protection":
      return { holds: "self.deletion_protection_enabled", promise: "be protected against deletion" };
    case "encryption":
      return {
        holds: `try(self.server_side_encryption[0].kms_key_arn == "${hardening.kmsKeyArn}", false)`,
        promise: `be encrypted with ${hardening.kmsKeyArn}`,
      };
    case "time-to-live":
      return {
        holds: `contains([for ttl in self.ttl : ttl.attribute_name if ttl.enabled], "${hardening.attributeName}")`,
        promise: `expire items by ${hardening.attributeName}`,
      };
    case "stream":
      return {
        holds: `self.stream_enabled && self.stream_view_type == "${hardening.viewType}"`,
        promise: `have a stream of ${hardening.viewType}`,
      };
    default:
      throw unbuilt(table, hardening.with);
  }
}

function logGroupCondition(
  group: Existing<"log-group">,
  hardening: Existing<"log-group">["harden"][number],
): Condition {
  switch (hardening.with) {
    case "retention":
      return { holds: `self.retention_in_days == ${hardening.days}`, promise: `keep logs for ${hardening.days} days` };
    case "encryption":
      return {
        holds: `self.kms_key_id == "${hardening.kmsKeyArn}"`,
        promise: `be encrypted with ${hardening.kmsKeyArn}`,
      };
    default:
      throw unbuilt(group, hardening.with);
  }
}
