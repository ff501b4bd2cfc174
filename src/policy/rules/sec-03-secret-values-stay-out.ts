import type { Block } from "../../terraform/estate";
import { isObject, type Json } from "../../terraform/json";
import type { Look } from "../look";
import { holdsSecret } from "../secret-patterns";
import type { SecurityRule } from "../security-rule";

/** Write-only attributes keep a value out of the state, not out of the code. */
const valueAttributes = ["secret_string", "secret_binary", "secret_string_wo"] as const;

export const sec03: SecurityRule = {
  id: "SEC-03",
  scope: "resource",
  demand: "No value of a secret is written out, and no key or token in a provider block.",
  why: "What stands in the code is in every clone of it, and in the state; whoever reads either holds the key.",
  covers: ["CKV_AWS_41"],
  *check(look) {
    for (const at of look.resources("aws_secretsmanager_secret_version")) {
      for (const attribute of valueAttributes) {
        if (!isLiteral(look, at, attribute)) continue;
        yield {
          at,
          message: `writes ${attribute} out.`,
          fix: `Remove ${attribute}, and let a function or a person put the value into the secret.`,
        };
      }
    }
    for (const at of look.providers()) {
      for (const attribute of credentialsIn(at.attributes)) {
        yield {
          at,
          message: `writes ${attribute} out.`,
          fix: `Remove ${attribute}; take the credentials from the environment, or assume a role.`,
        };
      }
    }
  },
};

const isLiteral = (look: Look, block: Block, attribute: string): boolean =>
  look.literal(block, attribute) !== undefined;

/** `secret_key`, `token`, `client_secret`, `password`, `pem_file`: by their last word, or by the file that they are of. */
const credential = /(^|_)(key|token|secret|password|credentials|pem_file)$/;
/** They hold names of tags. */
const tagBlocks = ["default_tags", "ignore_tags"];

function* credentialsIn(body: Json): Iterable<string> {
  if (Array.isArray(body)) for (const item of body) yield* credentialsIn(item);
  if (!isObject(body)) return;
  for (const [name, value] of Object.entries(body)) {
    if (tagBlocks.includes(name)) continue;
    if (typeof value !== "string") yield* credentialsIn(value);
    else if (holdsSecret(value) || (credential.test(name) && value !== "" && !value.includes("${"))) yield name;
  }
}
