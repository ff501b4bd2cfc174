import type { Block } from "../terraform/estate";
import type { Look } from "./look";

/** Whether an attribute names a key of the customer. An alias such as `alias/aws/s3` stands for a key that AWS keeps. */
export function isCustomerKey(look: Look, block: Block, attribute: string): boolean {
  const target = look.target(block, attribute);
  if (target?.mode === "data") {
    return !["name", "key_id"].some((name) => isOfAws(look.text(target, name)));
  }
  return look.holds(block, attribute, (key) => typeof key === "string" && !isOfAws(key));
}

const isOfAws = (key: string | undefined): boolean => key !== undefined && /(^|:)alias\/aws\//.test(key);
