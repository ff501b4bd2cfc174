import type { Resource } from "../../terraform/estate";
import { policyStatements } from "../../terraform/policy-statements";
import type { Condition, Statement } from "../../terraform/statement";
import { UnreadableError } from "../../terraform/unreadable";
import { bucketsOf } from "../buckets";
import type { Look } from "../look";
import { isForEverybody, textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";

export const s307: SecurityRule = {
  id: "S3-07",
  scope: "linked",
  demand: "A bucket's policy denies everybody every action on the bucket and its objects by plain HTTP.",
  why: "Objects, and the signatures of requests, can be read on the way.",
  covers: ["S3BucketSSLRequestsOnly"],
  *check(look) {
    for (const at of bucketsOf(look)) {
      const holders = [at, ...look.linked(at, "aws_s3_bucket_policy", "bucket")].filter((holder) =>
        look.isSet(holder, "policy"),
      );
      if (holders.some((holder) => refusesPlainHttp(look, holder))) continue;
      const fix =
        "Deny s3:* on the bucket and its objects to principal * in its policy, under Bool aws:SecureTransport false.";
      yield { at, message: "answers plain HTTP.", fix };
    }
  },
};

/** A policy that cannot be read is IAM-07's to find. */
function refusesPlainHttp(look: Look, holder: Resource): boolean {
  try {
    const statements = policyStatements(holder, "policy") ?? [];
    const denies = statements.filter(isDenyOfPlainHttp);
    return denies.some(coversObjects) && denies.some(coversBucket);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return look.isSet(holder, "policy");
  }
}

const isDenyOfPlainHttp = (statement: Statement): boolean =>
  statement.effect === "Deny" &&
  isForEverybody(statement) &&
  textsOf(statement.actions).some((action) => /^(s3:)?\*$/i.test(action)) &&
  statement.conditions.length > 0 &&
  statement.conditions.every(isPlainHttp);

const isPlainHttp = ({ operator, key, values }: Condition): boolean =>
  /^Bool(IfExists)?$/i.test(operator) &&
  /^aws:SecureTransport$/i.test(key) &&
  values.some((value) => value.kind !== "literal" || String(value.value).toLowerCase() === "false");

/** An ARN that is known in part only, such as `${bucket.arn}/*`, is taken for right: its end cannot be told. */
const coversObjects = ({ resources }: Statement): boolean =>
  resources.some(
    (resource) =>
      resource.kind === "unknown" || (resource.kind === "literal" && /^[^/]*\/?\*$/.test(String(resource.value))),
  );

const coversBucket = ({ resources }: Statement): boolean =>
  resources.some((resource) => resource.kind !== "literal" || !String(resource.value).includes("/"));
