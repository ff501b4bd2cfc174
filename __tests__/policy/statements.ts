import type { JsonObject } from "../../src/terraform/json";
import type { Fragment } from "./fragment";

/** A policy as text. */
export const policyOf = (...statements: readonly JsonObject[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const allow = (action: string | string[], resource: string | string[], more: JsonObject = {}): JsonObject => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});

/** A role's policy with these statements, by the address `aws_iam_role_policy.worker`. */
export const rolePolicy = (...statements: readonly JsonObject[]): Fragment => ({
  aws_iam_role_policy: { worker: { role: "worker", policy: policyOf(...statements) } },
});

/** A role that these statements let somebody take, by the address `aws_iam_role.reader`. */
export const trusting = (...statements: readonly JsonObject[]): Fragment => ({
  aws_iam_role: { reader: { assume_role_policy: policyOf(...statements) } },
});
