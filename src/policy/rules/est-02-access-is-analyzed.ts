import type { Resource } from "../../terraform/estate";
import { accountPlace } from "../account-place";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const external: readonly unknown[] = ["ACCOUNT", "ORGANIZATION"];
const unused: readonly unknown[] = ["ACCOUNT_UNUSED_ACCESS", "ORGANIZATION_UNUSED_ACCESS"];

/** What an analyzer of external access looks at (IAM User Guide, "Access Analyzer resource types"). */
const analyzed: readonly string[] = [
  ...["aws_s3_bucket", "aws_iam_role", "aws_kms_key", "aws_lambda_function", "aws_sqs_queue", "aws_sns_topic"],
  ...["aws_secretsmanager_secret", "aws_dynamodb_table", "aws_ecr_repository", "aws_efs_file_system"],
];

export const est02: SecurityRule = {
  id: "EST-02",
  scope: "estate",
  demand: "Access Analyzer looks for external access in every region that is used, and for unused access.",
  why: "A policy that lets a stranger in, or a right that nobody uses, stays until somebody finds it.",
  covers: [],
  *check(look) {
    const at = accountPlace(look);
    if (at === undefined) return;
    const analyzers = look.resources("aws_accessanalyzer_analyzer");
    const watched = new Set(analyzers.filter((each) => isOfType(look, each, external)).map(({ region }) => region));
    // Not asked for by type: where a thing stands says nothing of how it is made, so EST-08 must not take it for judged.
    const open = look.everyResource().filter(({ type }) => analyzed.includes(type));
    for (const region of new Set(open.map((resource) => resource.region))) {
      if (watched.has(region)) continue;
      yield {
        at,
        message: `is an account without an analyzer of external access${region === undefined ? "" : ` in ${region}`}.`,
        fix: "Add an aws_accessanalyzer_analyzer of type ACCOUNT there; it costs nothing.",
      };
    }
    if (!analyzers.some((each) => isOfType(look, each, unused))) {
      yield {
        at,
        message: "is an account without an analyzer of unused access.",
        fix: "Add one aws_accessanalyzer_analyzer of type ACCOUNT_UNUSED_ACCESS; it costs 0.20 USD per role and month.",
      };
    }
  },
};

/** One without a type is of external access. */
const isOfType = (look: Look, analyzer: Resource, types: readonly unknown[]): boolean =>
  look.isSet(analyzer, "type") ? look.holds(analyzer, "type", (type) => types.includes(type)) : types === external;
