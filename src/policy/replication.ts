import type { Block, Resource } from "../terraform/estate";
import { type BucketSetting, namesBucket, type PlacedSetting, settingsOf } from "./buckets";
import type { Look } from "./look";

export const replicationSetting: BucketSetting = {
  type: "aws_s3_bucket_replication_configuration",
  inline: "replication_configuration",
};

/** The rules of a replication that are in force. A bucket's own block calls them `rules`. */
export const enabledReplicationRules = (look: Look, { block }: PlacedSetting): Block[] =>
  [...look.blocks(block, "rule"), ...look.blocks(block, "rules")].filter((rule) =>
    look.holds(rule, "status", (status) => status === "Enabled"),
  );

/** The replications that fill a bucket. */
export const replicationsInto = (look: Look, bucket: Resource): PlacedSetting[] =>
  settingsOf(look, replicationSetting).filter((replication) =>
    enabledReplicationRules(look, replication)
      .flatMap((rule) => look.blocks(rule, "destination"))
      .some((destination) => namesBucket(look, destination, "bucket", bucket)),
  );
