import type { SecurityRule } from "../security-rule";

const runtimes: readonly unknown[] = ["nodejs22.x", "nodejs24.x"];
const sizes = ["memory_size", "timeout"] as const;

export const lmb06: SecurityRule = {
  id: "LMB-06",
  scope: "resource",
  demand: "A function runs on Node.js 22 or 24, states memory and timeout, and logs JSON.",
  why: "An old runtime gets no more fixes; 128 MB and 3 s are nobody's choice; free text cannot be searched by field.",
  covers: ["CKV_AWS_363", "LambdaLatestVersion", "LambdaDefaultMemorySize", "LambdaFunctionDefaultTimeout"],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      if (!look.holds(at, "runtime", (runtime) => runtimes.includes(runtime))) {
        const runtime = look.text(at, "runtime");
        yield {
          at,
          message: runtime === undefined ? "names no runtime." : `runs on ${runtime}.`,
          fix: `Set runtime to ${runtimes.join(" or ")}.`,
        };
      }
      for (const size of sizes.filter((each) => !look.isSet(at, each))) {
        yield { at, message: `leaves ${size} to the default.`, fix: `Write ${size} out.` };
      }
      const logging = look.blocks(at, "logging_config");
      if (!logging.some((config) => look.holds(config, "log_format", (format) => format === "JSON"))) {
        yield { at, message: "does not log JSON.", fix: "Set logging_config.log_format to JSON." };
      }
    }
  },
};
