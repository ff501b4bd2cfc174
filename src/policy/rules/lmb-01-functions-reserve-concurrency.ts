import type { SecurityRule } from "../security-rule";

export const lmb01: SecurityRule = {
  id: "LMB-01",
  scope: "resource",
  demand: "A function reserves at least one concurrent execution.",
  why: "A function without a limit takes the account's whole pool, and the others are throttled; with 0 it never runs.",
  covers: ["CKV_AWS_115"],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      if (look.holds(at, "reserved_concurrent_executions", (count) => Number(count) >= 1)) continue;
      const isStopped = look.number(at, "reserved_concurrent_executions") === 0;
      yield {
        at,
        message: isStopped ? "is never run." : "shares the account's unreserved concurrency.",
        fix: "Set reserved_concurrent_executions to 1 or more.",
      };
    }
  },
};
