import type { Mutation } from "./mutation";
import { listIn, within } from "./stack-changes";

const reviewer = ["aws_lambda_function", "service/reviewer"] as const;

/** LMB-05 has its own table: production does not sign code. */
export const functionMutations: readonly Mutation[] = [
  {
    rule: "LMB-01",
    what: "a function takes the account's whole concurrency",
    change({ at }) {
      at(...reviewer).reserved_concurrent_executions = -1;
    },
  },
  {
    rule: "LMB-02",
    what: "a function loses events that fail",
    change({ at }) {
      delete at(...reviewer).dead_letter_config;
    },
  },
  {
    rule: "LMB-03",
    what: "a function runs in one subnet",
    change({ at }) {
      listIn(within(at(...reviewer), "vpc_config"), "subnet_ids").pop();
    },
  },
  {
    rule: "LMB-04",
    what: "a variable holds a secret",
    change({ at }) {
      within(at(...reviewer), "environment", "variables").GITHUB_TOKEN = "not-a-real-one";
    },
  },
  {
    rule: "LMB-04",
    what: "a variable of a harmless name holds a private key",
    change({ at }) {
      within(at(...reviewer), "environment", "variables").APP = "-----BEGIN RSA PRIVATE KEY-----";
    },
  },
  {
    rule: "LMB-04",
    what: "variables have no customer key",
    change({ at }) {
      delete at(...reviewer).kms_key_arn;
    },
  },
  {
    rule: "LMB-06",
    what: "a runtime gets no more fixes",
    change({ at }) {
      at(...reviewer).runtime = "nodejs18.x";
    },
  },
  {
    rule: "LMB-06",
    what: "a function logs free text",
    change({ at }) {
      within(at(...reviewer), "logging_config").log_format = "Text";
    },
  },
  {
    rule: "LMB-07",
    what: "anybody can call a function through API Gateway",
    change({ at }) {
      delete at("aws_lambda_permission", "service/api/submit-review/permission").source_arn;
    },
  },
  {
    rule: "LMB-07",
    what: "everybody may call a function",
    change({ at }) {
      at("aws_lambda_permission", "service/api/submit-review/permission").principal = "*";
    },
  },
  {
    rule: "LMB-07",
    what: "event rules of every account may start a function",
    change({ at }) {
      const permission = at("aws_lambda_permission", "service/probe-schedule/permission");
      permission.source_arn = "arn:aws:events:us-east-1:*:rule/*";
    },
  },
  {
    rule: "LMB-08",
    what: "a function has an address that anybody may call",
    change({ add }) {
      add("service", "aws_lambda_function_url", {
        function_name: "acme-production-reviewer",
        authorization_type: "NONE",
      });
    },
  },
  {
    rule: "OBS-01",
    what: "a function is traced only where its caller is",
    change({ at }) {
      within(at(...reviewer), "tracing_config").mode = "PassThrough";
    },
  },
  {
    rule: "OBS-01",
    what: "the API is not traced",
    change({ at }) {
      at("aws_api_gateway_stage", "service/stage").xray_tracing_enabled = false;
    },
  },
];

/** Of production with the option `codeSigning`. */
export const signingMutations: readonly Mutation[] = [
  {
    rule: "LMB-05",
    what: "one function takes code that nobody signed",
    change({ at }) {
      delete at(...reviewer).code_signing_config_arn;
    },
  },
  {
    rule: "LMB-05",
    what: "unsigned code is only warned of",
    change({ at }) {
      const config = at("aws_lambda_code_signing_config", "service/code-signing");
      within(config, "policies").untrusted_artifact_on_deployment = "Warn";
    },
  },
];
