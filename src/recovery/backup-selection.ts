import { blocks, text, values, valuesByKey } from "../terraform/blocks";
import type { Block, Resource } from "../terraform/estate";
import { isObject, objectsOf } from "../terraform/json";
import { resolve, type Value } from "../terraform/resolve";

/** Tells whether a backup selection takes in a DynamoDB table: by ARN, by wildcard, or by the tags of `tables`.
 *
 * What cannot be told counts as taken in. A list of tags adds to the ARNs, conditions narrow them
 * (https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html).
 */
export function selectsDynamodb(selection: Block, tables: readonly Resource[]): boolean {
  const excluded = values(selection, "not_resources");
  const conditions = blocks(selection, "condition");
  const listed = values(selection, "resources");
  const patterns: Value[] = listed.length > 0 || conditions.length === 0 ? listed : [{ kind: "literal", value: "*" }];
  const named = patterns.filter((pattern) => mayBeTable(pattern) && !excluded.some((each) => covers(each, pattern)));
  const meetsConditions = tables.some((table) => conditions.every((condition) => meets(table, condition)));
  return (
    named.some((pattern) => !isWildcard(pattern) || conditions.length === 0 || meetsConditions) ||
    tables.some((table) =>
      blocks(selection, "selection_tag").some((tag) => hasTag(table, text(tag, "key"), text(tag, "value"))),
    )
  );
}

function mayBeTable(pattern: Value): boolean {
  if (pattern.kind === "reference") return pattern.resource.type.startsWith("aws_dynamodb_table");
  if (pattern.kind === "unknown") return true;
  const service = String(pattern.value).split(":")[2];
  return service === undefined ? isWildcard(pattern) : glob(service).test("dynamodb");
}

function covers(excluded: Value, pattern: Value): boolean {
  if (excluded.kind === "reference") return pattern.kind === "reference" && excluded.resource === pattern.resource;
  if (excluded.kind === "unknown") return false;
  const exclusion = glob(String(excluded.value));
  if (pattern.kind === "literal" && exclusion.test(String(pattern.value))) return true;
  return exclusion.test("arn:aws:dynamodb:*:*:table/*");
}

function isWildcard(pattern: Value): boolean {
  return pattern.kind === "literal" && String(pattern.value).includes("*");
}

/** Whether a table may meet a `condition` block, whose keys are `aws:ResourceTag/<name>`. */
function meets(table: Resource, condition: Block): boolean {
  const each = (name: string, wanted: boolean) =>
    blocks(condition, name).every((pair) => {
      const key = text(pair, "key")?.replace(/^aws:ResourceTag\//, "");
      const value = text(pair, "value") ?? "";
      const tag = tagsOf(table).get(key ?? "");
      if (tag && tag.kind !== "literal") return true;
      const matches =
        tag !== undefined && (name.endsWith("like") ? glob(value) : exactly(value)).test(String(tag.value));
      return matches === wanted;
    });
  return (
    each("string_equals", true) &&
    each("string_like", true) &&
    each("string_not_equals", false) &&
    each("string_not_like", false)
  );
}

function hasTag(table: Resource, key = "", value = ""): boolean {
  const tag = tagsOf(table).get(key);
  return tag !== undefined && (tag.kind !== "literal" || tag.value === value);
}

/** A resource's tags, its provider's default tags among them. */
function tagsOf(resource: Resource): Map<string, Value> {
  const [defaults] = objectsOf(resource.provider?.body.default_tags, "provider.default_tags");
  const inherited = Object.entries(isObject(defaults?.tags) ? defaults.tags : {});
  return new Map([
    ...inherited.map(([key, value]) => [key, resolve(value, resource.stack)] as const),
    ...valuesByKey(resource, "tags"),
  ]);
}

function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.split("*").map(literally).join(".*")}$`);
}

function exactly(value: string): RegExp {
  return new RegExp(`^${literally(value)}$`);
}

function literally(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
