import { lookAt } from "../../src/policy/look";
import { block, blocks, text } from "../../src/terraform/blocks";
import { type Block, type Estate, managedResources, type Resource } from "../../src/terraform/estate";
import { policyStatements } from "../../src/terraform/policy-statements";
import type { Value } from "../../src/terraform/resolve";
import type { Statement } from "../../src/terraform/statement";
import { example, exampleNames } from "../support/examples";

/** Where a thing that keeps data says which key it is encrypted with: blocks on the way, and the attribute. */
const keyed: readonly (readonly [type: string, ...path: string[]])[] = [
  ["aws_dynamodb_table", "server_side_encryption", "kms_key_arn"],
  ["aws_dynamodb_table_replica", "kms_key_arn"],
  [
    "aws_s3_bucket_server_side_encryption_configuration",
    "rule",
    "apply_server_side_encryption_by_default",
    "kms_master_key_id",
  ],
  ["aws_sqs_queue", "kms_master_key_id"],
  ["aws_sns_topic", "kms_master_key_id"],
  ["aws_secretsmanager_secret", "kms_key_id"],
  ["aws_secretsmanager_secret", "replica", "kms_key_id"],
  ["aws_cloudwatch_log_group", "kms_key_id"],
  ["aws_lambda_function", "kms_key_arn"],
  ["aws_kinesis_firehose_delivery_stream", "server_side_encryption", "key_arn"],
  ["aws_scheduler_schedule", "kms_key_arn"],
  ["aws_backup_vault", "kms_key_arn"],
  ["aws_cloudtrail", "kms_key_id"],
  ["aws_athena_workgroup", "configuration", "result_configuration", "encryption_configuration", "kms_key_arn"],
];

/** The targets of access logs: S3 and CloudFront write those only where S3 itself has the key. */
const isAccessLog = ({ constructPath = "" }: Resource) =>
  /^data\/buckets\/access-logs(-dr)?\/|^edge\/logs\//.test(constructPath);

/** What was there before the estate keeps the key that it has: taking it over changes nothing. */
const isTakenOver = ({ logicalId, constructPath = "" }: Resource) =>
  logicalId.startsWith("adopted_") || /^[a-z]+\/existing\//.test(constructPath);

const inner = (at: Block, path: readonly string[]): Block[] =>
  path.reduce<Block[]>((holders, name) => holders.flatMap((holder) => blocks(holder, name)), [at]);

/** Things without a customer key, or with one that lies in another region, where nothing can reach it. */
function withoutKey(estate: Estate, [type, ...path]: (typeof keyed)[number]): string[] {
  const look = lookAt(estate);
  return managedResources(estate, type).flatMap((at) => {
    const holders = inner(at, path.slice(0, -1));
    // A secret may have no replica; anything else without its block has no key.
    const isFaulty =
      (holders.length === 0 && !path.includes("replica")) ||
      holders.some((holder) => {
        const key = look.target(holder, path.at(-1) ?? "");
        return key?.type !== "aws_kms_key" || key.region !== (text(holder, "region") ?? at.region);
      });
    return isFaulty && !isAccessLog(at) && !isTakenOver(at) ? [at.address] : [];
  });
}

const literalOf = (value: Value | undefined) => (value?.kind === "literal" ? String(value.value) : undefined);
const texts = (values: readonly Value[]) => values.flatMap((value) => literalOf(value) ?? []);
const keysOf = (estate: Estate) =>
  managedResources(estate, "aws_kms_key").map((key) => ({ key, statements: policyStatements(key, "policy") ?? [] }));
const conditionsOf = ({ conditions }: Statement) =>
  conditions
    .map(({ operator, key }) => `${operator} ${key}`)
    .sort()
    .join(" and ");
const callers = ({ principals }: Statement, type: string) =>
  principals.filter((each) => each.type === type).flatMap(({ identifiers }) => texts(identifiers));

/** Which service may do what with some key, and under which conditions. */
const servicesOf = (estate: Estate) => {
  const used = keysOf(estate).flatMap(({ statements }) =>
    statements.flatMap((statement) =>
      callers(statement, "Service").map(
        (service) =>
          `${service.replace(/^logs\..+\.amazonaws/, "logs.REGION.amazonaws")} if ${conditionsOf(statement)}`,
      ),
    ),
  );
  return [...new Set(used)].sort();
};

describe.each(exampleNames())("in %s", (name) => {
  const { estate } = example(name);

  it.each(keyed.map((path) => [path.join("."), path] as const))(
    "%s is a customer key of the same region",
    (_, path) => {
      expect(withoutKey(estate, path)).toEqual([]);
    },
  );

  it("every bucket says how it is encrypted, and access logs alone have S3's own key", () => {
    const rules = managedResources(estate, "aws_s3_bucket_server_side_encryption_configuration").filter(
      (at) => !isTakenOver(at),
    );
    const algorithms = rules.map((at) => {
      const [byDefault] = inner(at, ["rule", "apply_server_side_encryption_by_default"]);
      return [isAccessLog(at), byDefault && text(byDefault, "sse_algorithm")];
    });

    expect(rules).toHaveLength(managedResources(estate, "aws_s3_bucket").length);
    expect(new Set(algorithms.map(String))).toEqual(new Set(["false,aws:kms", "true,AES256"]));
  });

  it("tables and streams are not switched off", () => {
    for (const table of managedResources(estate, "aws_dynamodb_table")) {
      expect(block(table, "server_side_encryption")?.attributes.enabled).toBe(true);
    }
    for (const stream of managedResources(estate, "aws_kinesis_firehose_delivery_stream")) {
      expect(block(stream, "server_side_encryption")?.attributes).toMatchObject({
        enabled: true,
        key_type: "CUSTOMER_MANAGED_CMK",
      });
    }
  });

  it("every key turns over each year, and its policy names actions one by one", () => {
    for (const { key, statements } of keysOf(estate)) {
      expect([key.address, key.attributes.enable_key_rotation]).toEqual([key.address, true]);
      const actions = statements.flatMap(({ actions, notActions }) => [...texts(actions), ...texts(notActions)]);
      expect(actions.filter((action) => /[*?]/.test(action))).toEqual([]);
      expect(actions.length).toBeGreaterThan(10);
    }
  });

  it("the account administers every key, and opens data only through the services named", () => {
    for (const { statements } of keysOf(estate)) {
      const allowed = statements.filter(({ effect }) => effect === "Allow");
      const people = allowed.filter((statement) => callers(statement, "Service").length === 0);
      const opens = people.filter(({ actions }) =>
        texts(actions).some((each) => /crypt|DataKey|CreateGrant/.test(each)),
      );

      expect([...new Set(people.flatMap((each) => callers(each, "AWS")))]).toEqual([
        `arn:aws:iam::${accountOf(estate)}:root`,
      ]);
      for (const each of opens) expect(conditionsOf(each)).toContain("StringLike kms:ViaService");
    }
  });

  it("break-glass alone disables a key or orders its deletion", () => {
    for (const { key, statements } of keysOf(estate)) {
      for (const action of ["kms:DisableKey", "kms:ScheduleKeyDeletion"]) {
        const denials = statements.filter(
          ({ effect, actions }) => effect === "Deny" && texts(actions).includes(action),
        );
        const exempt = denials.flatMap(({ conditions }) => conditions.flatMap(({ values }) => texts(values)));
        expect([key.address, denials.map(conditionsOf)]).toEqual([key.address, ["ArnNotEquals aws:PrincipalArn"]]);
        expect(exempt).toEqual([expect.stringMatching(/^arn:aws:iam::\d{12}:role\/.*break-glass/)]);
      }
    }
  });

  it("services that use a key in their own name are these, under these conditions", () => {
    const known = [
      // Neither sends a source to a topic's key, and a condition on one would drop its messages (src/slo/publishers.ts).
      "backup.amazonaws.com if ",
      "events.amazonaws.com if ",
      "budgets.amazonaws.com if ArnLike aws:SourceArn and StringEquals aws:SourceAccount",
      "cloudfront.amazonaws.com if StringEquals kms:EncryptionContext:aws:s3:arn and StringLike aws:SourceArn",
      "cloudtrail.amazonaws.com if StringEquals aws:SourceArn",
      "cloudtrail.amazonaws.com if StringEquals kms:EncryptionContext:aws:sns:topicArn",
      "cloudwatch.amazonaws.com if ArnLike aws:SourceArn and StringEquals aws:SourceAccount",
      "costalerts.amazonaws.com if StringEquals aws:SourceAccount",
      "events.amazonaws.com if ArnLike kms:EncryptionContext:aws:sqs:arn",
      "logs.REGION.amazonaws.com if ArnLike kms:EncryptionContext:aws:logs:arn",
    ];

    expect(servicesOf(estate)).toEqual(known.sort());
  });

  it("services have no way of their own to secrets, variables and evidence", () => {
    const closed = keysOf(estate).filter(({ key }) =>
      /^data\/keys\/(secrets(-dr)?|functions)\/|^compliance\/evidence(-dr)?\/key\//.test(key.constructPath ?? ""),
    );

    expect(closed.flatMap(({ statements }) => statements.flatMap((each) => callers(each, "Service")))).toEqual([]);
    expect(closed.length).toBeGreaterThanOrEqual(4);
  });
});

const accountOf = (estate: Estate) => [...estate.values()][0]?.accountId;
