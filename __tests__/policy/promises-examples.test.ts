import { catalogue } from "../../src/policy/catalogue";
import { judge } from "../../src/policy/judge";
import { findings } from "../../src/policy/rule";
import { securityRules } from "../../src/policy/security-rules";
import type { Estate } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { changedExample, resourcesOf } from "../support/changed-example";
import { example, exampleNames } from "../support/examples";
import { canaries } from "./secret-things";

const broken = (estate: Estate) => catalogue.flatMap((rule) => findings(rule, estate));
/** What the rules say, without where: a change adds to it, or it is the same. */
const ruled = (estate: Estate) =>
  judge(securityRules, estate, "estate").map(({ rule, message }) => `${rule} ${message}`);

describe("every promise is kept", () => {
  it.each(exampleNames())("by %s", (name) => {
    expect(broken(example(name).estate)).toEqual([]);
  });
});

/** The first resource of a type. */
function first(json: JsonObject, type: string): Record<string, unknown> {
  const [found] = Object.values(resourcesOf(json, type));
  if (found === undefined) throw new Error(`There is no ${type}.`);
  return found;
}

/** Adds an Allow to the policy of the first resource of a type. */
function allow(json: JsonObject, type: string, Principal: unknown, Action: string): void {
  const at = first(json, type);
  const policy = JSON.parse(String(at.policy));
  policy.Statement.push({ Effect: "Allow", Principal, Action, Resource: "*" });
  at.policy = JSON.stringify(policy);
}

const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

/** By promise: the stack of production that is made worse by one line, and how. */
const changes: Readonly<Record<string, readonly [stack: string, change: (json: JsonObject) => void]>> = {
  "account-is-guarded": [
    "edge",
    (json) => {
      const { aws } = json.provider as { aws: [{ allowed_account_ids: string[] }] };
      aws[0].allowed_account_ids.push("444455556666");
    },
  ],
  "no-star-on-star": ["recovery", (json) => allow(json, "aws_backup_vault_policy", root("111122223333"), "*")],
  "nothing-runs-on-the-deployer": [
    "data",
    (json) => {
      resourcesOf(json, "terraform_data").script = { input: "true" };
    },
  ],
  "origin-access-is-signed": [
    "edge",
    (json) => {
      first(json, "aws_cloudfront_origin_access_control").signing_behavior = "never";
    },
  ],
  "principals-are-ours": ["data", (json) => allow(json, "aws_kms_key", root("999988887777"), "kms:*")],
  "replicas-are-protected": [
    "data",
    (json) => {
      first(json, "aws_dynamodb_table_replica").point_in_time_recovery = false;
    },
  ],
  "resource-policies-are-closed": [
    "data",
    (json) => allow(json, "aws_secretsmanager_secret_policy", "*", "secretsmanager:GetSecretValue"),
  ],
  "rotation-is-wired": [
    "service",
    (json) => {
      first(json, "aws_secretsmanager_secret_rotation").rotate_immediately = true;
    },
  ],
  "secret-values-stay-out": [
    "data",
    (json) => {
      first(json, "aws_secretsmanager_secret").description = canaries.hex;
    },
  ],
  "secrets-are-guarded": [
    "data",
    (json) => {
      first(json, "aws_secretsmanager_secret").recovery_window_in_days = 7;
    },
  ],
};

describe("of production, made worse by one line, a promise alone finds what no rule asks for", () => {
  const before = new Set(ruled(example("production").estate));

  it("for each promise", () => {
    expect(Object.keys(changes)).toEqual(catalogue.map(({ id }) => id));
  });

  it.each(Object.entries(changes))("%s", (id, [stack, change]) => {
    const { estate } = changedExample("production", stack, change);

    expect(new Set(broken(estate).map(({ rule }) => rule))).toEqual(new Set([id]));
    expect(ruled(estate).filter((said) => !before.has(said))).toEqual([]);
  });
});
