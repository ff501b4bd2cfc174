import type { Block, Resource } from "../terraform/estate";
import type { Look } from "./look";

/** Where a setting of a bucket may stand: in a resource of its own, or in a block of the bucket, as of old. */
export interface BucketSetting {
  readonly type: string;
  readonly inline?: string;
}

/** A setting as found: the block that holds it, and the resource to report it at. */
export interface PlacedSetting {
  readonly at: Resource;
  readonly block: Block;
}

export const bucketsOf = (look: Look): Resource[] => look.resources("aws_s3_bucket");

/** Every setting of a kind, also of buckets that stand elsewhere. */
export const settingsOf = (look: Look, setting: BucketSetting): PlacedSetting[] => [
  ...look.resources(setting.type).map((at) => ({ at, block: at })),
  ...bucketsOf(look).flatMap((bucket) => inlineSettings(look, bucket, setting)),
];

/** The settings of one bucket. */
export const settingsOfBucket = (look: Look, bucket: Resource, setting: BucketSetting): PlacedSetting[] => [
  ...look.linked(bucket, setting.type, "bucket").map((at) => ({ at, block: at })),
  ...inlineSettings(look, bucket, setting),
];

/** Buckets that have no setting of a kind. */
export const bucketsWithout = (look: Look, setting: BucketSetting): Resource[] =>
  bucketsOf(look).filter((bucket) => settingsOfBucket(look, bucket, setting).length === 0);

const inlineSettings = (look: Look, bucket: Resource, { inline }: BucketSetting): PlacedSetting[] =>
  inline === undefined ? [] : look.blocks(bucket, inline).map((block) => ({ at: bucket, block }));

/** Whether an attribute names a bucket: by reference, by its name, its ARN or its domain name. */
export function namesBucket(look: Look, block: Block, attribute: string, bucket: Resource): boolean {
  const [value] = look.items(block, attribute);
  if (value === undefined) return false;
  if (value.kind === "reference") return value.resource === bucket;
  if (value.kind === "literal") {
    const name = look.text(bucket, "bucket");
    return name !== undefined && typeof value.value === "string" && bareName(value.value) === name;
  }
  const written = String(block.attributes[attribute]);
  return block.stack === bucket.stack && [".", "["].some((next) => written.includes(`\${${bucket.address}${next}`));
}

const bareName = (text: string): string => text.replace(/^arn:[^:]*:s3:::/, "").replace(/\.s3[.-].*$/, "");
