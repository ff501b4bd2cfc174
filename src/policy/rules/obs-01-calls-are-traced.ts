import { isOn } from "../flags";
import type { SecurityRule } from "../security-rule";

export const obs01: SecurityRule = {
  id: "OBS-01",
  scope: "resource",
  demand: "Functions, stages and state machines are traced by X-Ray, and state machines log what they were given.",
  why: "Nobody can tell where a slow or failed request went, nor which of its parts is at fault.",
  covers: [
    "CKV_AWS_50",
    "CKV_AWS_73",
    "CKV_AWS_284",
    "CKV_AWS_285",
    "AWS-0003",
    "AWS-0066",
    "LambdaTracing",
    "APIGWXrayEnabled",
    "StepFunctionStateMachineXray",
  ],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      const tracing = look.blocks(at, "tracing_config");
      if (!tracing.some((config) => look.holds(config, "mode", (mode) => mode === "Active"))) {
        yield { at, message: "is not traced by itself.", fix: "Set tracing_config.mode to Active." };
      }
    }
    for (const at of look.resources("aws_api_gateway_stage")) {
      if (!isOn(look, at, "xray_tracing_enabled")) {
        yield { at, message: "is not traced.", fix: "Set xray_tracing_enabled to true." };
      }
    }
    for (const at of look.resources("aws_sfn_state_machine")) {
      const tracing = look.blocks(at, "tracing_configuration");
      if (!tracing.some((config) => isOn(look, config, "enabled"))) {
        yield { at, message: "is not traced.", fix: "Set tracing_configuration.enabled to true." };
      }
      const logging = look.blocks(at, "logging_configuration");
      if (!logging.some((config) => isOn(look, config, "include_execution_data"))) {
        const fix = "Set logging_configuration.include_execution_data to true.";
        yield { at, message: "does not log what it was given.", fix };
      }
    }
  },
};
