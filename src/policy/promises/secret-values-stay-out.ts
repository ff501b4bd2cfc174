import { dataSources, managedResources, type Resource } from "../../terraform/estate";
import { isObject, type Json } from "../../terraform/json";
import { randomPart } from "../random-text";
import type { Rule, Violation } from "../rule";

/** Types that keep a value in the state, in clear. */
const valueTypes = ["aws_secretsmanager_secret_version", "aws_api_gateway_api_key"];

/** Attributes that take a value, `secret_string_wo` among them: what it is given stands in the JSON. */
const valueAttribute = /^secret_(string|binary)/;

/** Digests, paths that hold one, and addresses that end in one: they look like values and are none. */
const digests = ["source_code_hash", "source_hash", "filename", "source", "etag", "triggers", "depends_on", "//"];

/** Names of AWS's rules and labels, and patterns that requests are held against, by the type they stand in. */
const publicTexts: Readonly<Record<string, readonly string[]>> = { aws_wafv2_web_acl: ["key", "name", "regex_string"] };

/** SEC-03 and LMB-04 look for values where they belong: in a version, a provider, a variable. Here is everywhere else. */
export const secretValuesStayOut: Rule = {
  id: "secret-values-stay-out",
  promise: "No value of a secret stands in the JSON, so none gets into a plan or a state.",
  why: "Whoever reads a state or a pull request would hold the key (FS-11).",
  *violations(estate) {
    for (const resource of [...managedResources(estate), ...dataSources(estate)]) yield* inResource(resource);
    for (const stack of estate.values()) {
      for (const [name, output] of Object.entries(stack.outputs)) {
        for (const { text } of textsIn(output, name)) {
          if (randomPart(text)) yield { at: { address: `output.${name}`, stack }, message: looksLikeValue(text, name) };
        }
      }
    }
  },
};

function* inResource(resource: Resource): Iterable<Violation> {
  if (resource.mode === "managed" && valueTypes.includes(resource.type)) {
    yield { at: resource, message: "keeps a value in the state; let a function write it." };
  }
  for (const { name, text } of textsIn(resource.attributes, "")) {
    if (valueAttribute.test(name)) yield { at: resource, message: `sets ${name}; let a function write the value.` };
    else if (!publicTexts[resource.type]?.includes(name) && randomPart(text))
      yield { at: resource, message: looksLikeValue(text, name) };
  }
}

/** Shows its beginning only: findings are printed in logs and pull requests. */
const looksLikeValue = (text: string, name: string) =>
  `holds in ${name} what looks like a secret's value (${randomPart(text)?.slice(0, 4)}...); keep it in Secrets Manager.`;

/** Every text under a name, with the name that is nearest to it. */
function* textsIn(json: Json, name: string): Iterable<{ readonly name: string; readonly text: string }> {
  if (typeof json === "string") yield { name, text: json };
  else if (Array.isArray(json)) for (const item of json) yield* textsIn(item, name);
  else if (isObject(json)) {
    for (const [key, item] of Object.entries(json)) if (!digests.includes(key)) yield* textsIn(item, key);
  }
}
