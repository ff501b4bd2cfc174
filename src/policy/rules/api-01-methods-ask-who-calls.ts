import type { Json } from "../../terraform/json";
import type { SecurityRule } from "../security-rule";

const withAuthorizer: readonly Json[] = ["CUSTOM", "COGNITO_USER_POOLS"];

export const api01: SecurityRule = {
  id: "API-01",
  scope: "resource",
  demand: "Every method but OPTIONS, and every route, asks who is calling.",
  why: "Whoever finds the address may read and write; an API key is known to everybody it was ever sent to.",
  covers: ["CKV_AWS_59", "CKV_AWS_309", "CKV2_AWS_70", "AWS-0004"],
  *check(look) {
    for (const method of look.resources("aws_api_gateway_method")) {
      if (look.text(method, "http_method") === "OPTIONS") continue;
      const isAuthorized = look.holds(method, "authorization", (kind) => kind === "AWS_IAM" || isByAuthorizer(kind));
      if (!isAuthorized) {
        yield {
          at: method,
          message: "lets anybody call it.",
          fix: "Set authorization to CUSTOM or COGNITO_USER_POOLS with authorizer_id, or to AWS_IAM.",
        };
      } else if (isByAuthorizer(look.literal(method, "authorization")) && !look.isSet(method, "authorizer_id")) {
        yield { at: method, message: "names no authorizer.", fix: "Set authorizer_id." };
      }
    }
    for (const route of look.resources("aws_apigatewayv2_route")) {
      if (!look.holds(route, "authorization_type", (kind) => kind !== "NONE")) {
        yield {
          at: route,
          message: "lets anybody call it.",
          fix: "Set authorization_type to AWS_IAM, CUSTOM or JWT, the last two with authorizer_id.",
        };
      }
    }
  },
};

const isByAuthorizer = (kind: Json | undefined): boolean => kind !== undefined && withAuthorizer.includes(kind);
