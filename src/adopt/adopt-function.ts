import { LambdaFunction } from "../aws";
import type { Construct } from "../cdktf";
import type { Existing } from "../config/existing";
import { takeOver, untouchedBut } from "./take-over";
import { unbuilt } from "./unbuilt";

type Settings = Partial<ConstructorParameters<typeof LambdaFunction>[2]>;
type AdoptedFunction = Extract<Existing<"function">, { mode: "adopt" }>;

/** What describes a function; of these, hardened ones are set and the others ignored. */
const attributes = [
  "architectures",
  "code_signing_config_arn",
  "dead_letter_config",
  "description",
  "environment",
  "ephemeral_storage",
  "file_system_config",
  "filename",
  "handler",
  "image_config",
  "image_uri",
  "kms_key_arn",
  "layers",
  "logging_config",
  "memory_size",
  "package_type",
  "publish",
  "reserved_concurrent_executions",
  "role",
  "runtime",
  "s3_bucket",
  "s3_key",
  "s3_object_version",
  "snap_start",
  "source_code_hash",
  "tags",
  "tags_all",
  "timeout",
  "tracing_config",
  "vpc_config",
];

/** Imports a function and sets what `harden` lists; its code is deployed as before, by whoever did.
 *
 * Its environment variables get into the state, as those of every imported function do.
 */
export function adoptFunction(scope: Construct, lambda: AdoptedFunction): void {
  const settings: Settings = Object.assign({}, ...lambda.harden.map((hardening) => setting(lambda, hardening)));
  const resource = new LambdaFunction(scope, "function", {
    ...settings,
    functionName: lambda.name,
    role: lambda.roleArn,
    // The provider wants code to be named; it reads the file only to create or to change, and this one is ignored.
    filename: "the-code-stays-with-its-owner.zip",
    lifecycle: untouchedBut(settings, attributes),
  });
  takeOver(resource, lambda, lambda.name);
}

function setting(lambda: AdoptedFunction, hardening: AdoptedFunction["harden"][number]): Settings {
  switch (hardening.with) {
    case "reserved-concurrency":
      return lambda.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: lambda.reservedConcurrency };
    case "timeout":
      return { timeout: lambda.timeoutSeconds };
    case "tracing":
      return { tracingConfig: { mode: "Active" } };
    case "environment-key":
      return { kmsKeyArn: hardening.kmsKeyArn };
    case "dead-letter-target":
      return { deadLetterConfig: { targetArn: hardening.targetArn } };
    default:
      throw unbuilt(lambda, hardening.with);
  }
}
