import { textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";

const anyOrigin = /^(\w+:\/\/)?\*$/;

export const lmb08: SecurityRule = {
  id: "LMB-08",
  scope: "resource",
  demand: "A function URL asks for AWS credentials and is not open to pages of every origin.",
  why: "Whoever finds the URL runs the function, past the web ACL, the authorizer and the throttles of the API.",
  covers: ["CKV_AWS_258", "CKV2_AWS_75"],
  *check(look) {
    for (const at of look.resources("aws_lambda_function_url")) {
      if (!look.holds(at, "authorization_type", (type) => type === "AWS_IAM")) {
        yield { at, message: "lets anybody invoke the function.", fix: "Set authorization_type to AWS_IAM." };
      }
      const origins = look.blocks(at, "cors").flatMap((cors) => textsOf(look.items(cors, "allow_origins")));
      if (origins.some((origin) => anyOrigin.test(origin))) {
        const fix = "List the origins in cors.allow_origins.";
        yield { at, message: "takes calls from pages of every origin.", fix };
      }
    }
  },
};
