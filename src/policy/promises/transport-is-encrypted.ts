import { block, text } from "../../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../../terraform/estate";
import { policyStatements } from "../../terraform/policy-statements";
import type { Statement } from "../../terraform/statement";
import { companions } from "../companions";
import type { Rule } from "../rule";

/** Things with a resource policy: type, its policy's type, what that points at, and the name it may point by. */
const owners = [
  ["aws_s3_bucket", "aws_s3_bucket_policy", "bucket", "bucket"],
  ["aws_sqs_queue", "aws_sqs_queue_policy", "queue_url", "url"],
  ["aws_sns_topic", "aws_sns_topic_policy", "arn", "arn"],
] as const;

/** CloudFront's policies that admit TLS 1.2 and newer only (Amazon CloudFront developer guide, "Supported protocols"). */
const tlsPolicies = ["TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

export const transportIsEncrypted: Rule = {
  id: "transport-is-encrypted",
  promise: "Buckets, queues and topics refuse calls without TLS, and the UI refuses TLS older than 1.2.",
  why: "Code under review and tokens would cross the network in clear text.",
  *violations(estate) {
    for (const [type, policyType, attribute, nameAttribute] of owners) {
      for (const owner of managedResources(estate, type)) {
        if (!refusesPlainText(estate, owner, policyType, attribute, nameAttribute)) {
          yield { at: owner, message: `admits calls without TLS; deny aws:SecureTransport false in ${policyType}.` };
        }
      }
    }
    for (const distribution of managedResources(estate, "aws_cloudfront_distribution")) {
      const certificate = block(distribution, "viewer_certificate");
      const isDefault = certificate?.attributes.cloudfront_default_certificate === true;
      // With its own default certificate CloudFront sets the version itself.
      const version = (certificate && text(certificate, "minimum_protocol_version")) ?? "none";
      if (!isDefault && !tlsPolicies.includes(version)) {
        yield { at: distribution, message: `has minimum_protocol_version ${version}; set TLSv1.2_2021.` };
      }
    }
  },
};

function refusesPlainText(
  estate: Estate,
  owner: Resource,
  type: string,
  attribute: string,
  nameAttribute: string,
): boolean {
  return [owner, ...companions(estate, type, attribute, owner, text(owner, nameAttribute) ?? "")]
    .flatMap((holder) => policyStatements(holder, "policy") ?? [])
    .some(deniesPlainText);
}

function deniesPlainText(statement: Statement): boolean {
  const everyone = statement.principals.some(({ identifiers }) =>
    identifiers.some((id) => id.kind === "literal" && id.value === "*"),
  );
  const [only, second] = statement.conditions;
  const [wanted] = only?.values ?? [];
  return (
    statement.effect === "Deny" &&
    everyone &&
    second === undefined &&
    only?.operator === "Bool" &&
    only.key === "aws:SecureTransport" &&
    wanted?.kind === "literal" &&
    String(wanted.value) === "false"
  );
}
