import type { Block, Resource } from "../../terraform/estate";
import { isCustomerKey } from "../customer-keys";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule, Weakness } from "../security-rule";

/** The least that Athena takes as a limit: 10 MB. */
const leastCutoffBytes = 10_485_760;

export const dat01: SecurityRule = {
  id: "DAT-01",
  scope: "resource",
  demand:
    "A delivery stream and the results of Athena have a customer key; a workgroup is enforced and bounds what a query reads.",
  why: "Logs and query results hold what the tables hold; one careless query over all of it costs a month's budget.",
  covers: [...["CKV_AWS_82", "CKV_AWS_159", "CKV_AWS_240", "CKV_AWS_241", "AWS-0006", "AWS-0007"]],
  *check(look) {
    for (const at of look.resources("aws_kinesis_firehose_delivery_stream")) yield* streamWeaknesses(look, at);
    for (const at of look.resources("aws_athena_workgroup")) yield* workgroupWeaknesses(look, at);
  },
};

function* streamWeaknesses(look: Look, at: Resource): Iterable<Weakness> {
  const isKeyed = (encryption: Block): boolean =>
    isOn(look, encryption, "enabled") &&
    look.holds(encryption, "key_type", (type) => type === "CUSTOMER_MANAGED_CMK") &&
    isCustomerKey(look, encryption, "key_arn");
  if (!look.blocks(at, "server_side_encryption").some(isKeyed)) {
    yield {
      at,
      message: "is not encrypted with a customer key.",
      fix: "Set server_side_encryption: enabled true, key_type CUSTOMER_MANAGED_CMK, key_arn.",
    };
  }
}

function* workgroupWeaknesses(look: Look, at: Resource): Iterable<Weakness> {
  const configurations = look.blocks(at, "configuration");
  const enforced = "enforce_workgroup_configuration";
  if (configurations.some((one) => look.isSet(one, enforced) && !isOn(look, one, enforced))) {
    yield { at, message: "lets a query set aside what it demands.", fix: `Set configuration.${enforced} to true.` };
  }
  const encryptions = configurations
    .flatMap((one) => look.blocks(one, "result_configuration"))
    .flatMap((one) => look.blocks(one, "encryption_configuration"));
  const isKeyed = (encryption: Block): boolean =>
    look.holds(encryption, "encryption_option", (option) => option === "SSE_KMS") &&
    isCustomerKey(look, encryption, "kms_key_arn");
  if (!encryptions.some(isKeyed)) {
    yield {
      at,
      message: "does not encrypt its results with a customer key.",
      fix: "Set result_configuration.encryption_configuration: encryption_option SSE_KMS, kms_key_arn.",
    };
  }
  const cutoff = "bytes_scanned_cutoff_per_query";
  if (!configurations.some((one) => look.holds(one, cutoff, (bytes) => Number(bytes) >= leastCutoffBytes))) {
    yield {
      at,
      message: "does not bound what a query reads.",
      fix: `Set configuration.${cutoff} to ${leastCutoffBytes} or more.`,
    };
  }
}
