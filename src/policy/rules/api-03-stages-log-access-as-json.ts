import { isObject, type Json } from "../../terraform/json";
import type { SecurityRule } from "../security-rule";

/** Variables of an access log; a route of an HTTP API has a key where a method of a REST API has a path. */
const wanted = [
  ["requestId"],
  ["status"],
  ["resourcePath", "routeKey"],
  ["authorizer.principalId"],
  ["integrationLatency"],
] as const;

export const api03: SecurityRule = {
  id: "API-03",
  scope: "resource",
  demand: "A stage logs each call as a JSON object that tells request, status, path, caller and latency.",
  why: "Nobody can say afterwards who called what, and no table or metric can be built on lines of free text.",
  covers: ["CKV_AWS_76", "AWS-0001", "APIGWAccessLogging", "APIGWStructuredLogging"],
  *check(look) {
    for (const stage of look.resources("aws_api_gateway_stage", "aws_apigatewayv2_stage")) {
      const logs = look.blocks(stage, "access_log_settings");
      if (!logs.some((log) => look.isSet(log, "destination_arn"))) {
        const fix = "Set access_log_settings.destination_arn to the ARN of a log group.";
        yield { at: stage, message: "logs no access.", fix };
        continue;
      }
      for (const log of logs) {
        let message: string | undefined;
        const isRight = look.holds(log, "format", (format) => {
          message = faultOf(format);
          return message === undefined;
        });
        const fix = `Set access_log_settings.format to a JSON object that holds ${wanted.map(([name]) => `$context.${name}`).join(", ")}.`;
        if (!isRight) yield { at: stage, message: message ?? "logs access in no format.", fix };
      }
    }
  },
};

function faultOf(format: Json): string | undefined {
  const values = jsonValues(format);
  if (values === undefined) return "logs access in a format that is not a JSON object.";
  const missing = wanted.filter((names) => !names.some((name) => values.some((value) => holds(value, name))));
  return missing.length === 0
    ? undefined
    : `logs access without ${missing.map(([name]) => `$context.${name}`).join(", ")}.`;
}

/** Texts among the values of a JSON object, at any depth; undefined where the format is none. */
function jsonValues(format: Json): string[] | undefined {
  if (typeof format !== "string") return undefined;
  try {
    const parsed: Json = JSON.parse(format);
    return isObject(parsed) ? textsIn(parsed) : undefined;
  } catch {
    return undefined;
  }
}

function textsIn(json: Json): string[] {
  if (typeof json === "string") return [json];
  if (Array.isArray(json)) return json.flatMap(textsIn);
  return isObject(json) ? Object.values(json).flatMap(textsIn) : [];
}

/** The variable itself, not a longer one that begins like it. */
const holds = (text: string, variable: string): boolean =>
  new RegExp(`\\$context\\.${variable.replaceAll(".", "\\.")}(?![\\w.])`).test(text);
