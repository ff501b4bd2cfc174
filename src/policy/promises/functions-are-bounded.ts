import { block, number, value } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

export const functionsAreBounded: Rule = {
  id: "functions-are-bounded",
  promise: "Every function has a timeout, reserved concurrency and a place for failed events.",
  why: "One function could use up the account's concurrency, or lose an event in silence (FS-03, FS-04).",
  *violations(estate) {
    for (const lambda of managedResources(estate, "aws_lambda_function")) {
      if (number(lambda, "timeout") === undefined) yield { at: lambda, message: "has no timeout; set timeout." };
      // 0 stops the function and -1 lifts the limit.
      if ((number(lambda, "reserved_concurrent_executions") ?? -1) < 1) {
        yield { at: lambda, message: "has no reserved concurrency; set reserved_concurrent_executions to 1 or more." };
      }
      const deadLetters = block(lambda, "dead_letter_config");
      if (!deadLetters || !value(deadLetters, "target_arn")) {
        yield { at: lambda, message: "loses failed events; set dead_letter_config.target_arn." };
      }
    }
  },
};
