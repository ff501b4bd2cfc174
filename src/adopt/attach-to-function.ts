import {
  LambdaFunctionEventInvokeConfig,
  LambdaFunctionRecursionConfig,
  LambdaProvisionedConcurrencyConfig,
} from "../aws";
import type { Construct } from "../cdktf";
import type { Existing } from "../config/existing";
import { unbuilt } from "./unbuilt";

/** Keeps failed asynchronous calls, warms an alias or stops endless loops, beside a function that stays its owner's. */
export function attachToFunction(scope: Construct, { harden, ...lambda }: Existing<"function">): void {
  for (const hardening of harden) {
    switch (hardening.with) {
      case "async-failures":
        new LambdaFunctionEventInvokeConfig(scope, hardening.with, {
          functionName: lambda.name,
          destinationConfig: { onFailure: { destination: hardening.destinationArn } },
          ...(hardening.retries === undefined ? {} : { maximumRetryAttempts: hardening.retries }),
          ...(hardening.maximumEventAgeSeconds === undefined
            ? {}
            : { maximumEventAgeInSeconds: hardening.maximumEventAgeSeconds }),
        });
        break;
      case "provisioned-concurrency":
        new LambdaProvisionedConcurrencyConfig(scope, hardening.with, {
          functionName: lambda.name,
          qualifier: hardening.qualifier,
          provisionedConcurrentExecutions: hardening.executions,
        });
        break;
      case "recursion-guard":
        new LambdaFunctionRecursionConfig(scope, hardening.with, {
          functionName: lambda.name,
          recursiveLoop: "Terminate",
        });
        break;
      default:
        throw unbuilt({ harden, ...lambda }, hardening.with);
    }
  }
}
