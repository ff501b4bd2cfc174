import { isObject, type Json, type JsonObject, mapEntries, mapResources } from "../../terraform/json";

/** Attributes that name a bucket, at any depth. */
const naming = ["bucket", "target_bucket"];

/** Turns names and ARNs of buckets that are written out into references to them.
 *
 * Stacks name each other's buckets by text, so that each can be planned alone; checkov follows references only and
 * would say that a bucket has no policy, no logging, no replication.
 */
export function withBucketReferences(json: JsonObject): JsonObject {
  const references = new Map<string, string>();
  mapResources(json, (body, type, address) => {
    const { bucket: name } = body;
    if (type === "aws_s3_bucket" && !address.startsWith("data.") && typeof name === "string" && !name.includes("${")) {
      references.set(name, `\${${address}.bucket}`);
      references.set(`arn:aws:s3:::${name}`, `\${${address}.arn}`);
    }
    return body;
  });
  return mapResources(json, (body, type) => (type === "aws_s3_bucket" ? body : referring(body, references)));
}

const referring = (body: JsonObject, references: ReadonlyMap<string, string>): JsonObject =>
  mapEntries(body, (value, name) => referringValue(value, name, references));

function referringValue(value: Json, name: string, references: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return naming.includes(name) ? (references.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => referringValue(item, name, references));
  return isObject(value) ? referring(value, references) : value;
}
