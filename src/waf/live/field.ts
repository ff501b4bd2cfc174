import {
  type FieldToMatch,
  OversizeHandling,
  type TextTransformation,
  TextTransformationType,
} from "@aws-sdk/client-wafv2";
import { blocks, text } from "../../terraform/blocks";
import type { Block } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { onlyKey, onlyKeys, required, theBlock, theNumber, theText } from "../known";

const components: Readonly<Record<string, (body: Block) => FieldToMatch>> = {
  uri_path: (body) => ({ UriPath: empty(body) }),
  query_string: (body) => ({ QueryString: empty(body) }),
  method: (body) => ({ Method: empty(body) }),
  single_header: (body) => {
    onlyKeys(body, ["name"]);
    return { SingleHeader: { Name: theText(body, "name") } };
  },
  body: (body) => {
    onlyKeys(body, ["oversize_handling"]);
    const given = text(body, "oversize_handling");
    return {
      Body: given === undefined ? {} : { OversizeHandling: oneOf(OversizeHandling, body, "oversize_handling") },
    };
  },
};

/** `field_to_match` of a statement, as AWS's API takes it. */
export function liveField(statement: Block): FieldToMatch {
  const field = theBlock(statement, "field_to_match");
  const kind = onlyKey(field, Object.keys(components), "component");
  return required(components[kind], field, kind)(theBlock(field, kind));
}

/** `text_transformation` of a statement or a key, as AWS's API takes it. */
export const liveTransformations = (statement: Block): TextTransformation[] =>
  blocks(statement, "text_transformation").map((step) => {
    onlyKeys(step, ["priority", "type"]);
    return { Priority: theNumber(step, "priority"), Type: oneOf(TextTransformationType, step, "type") };
  });

/** A text that must be one of an enumeration of AWS's API. */
export function oneOf<T extends string>(known: Readonly<Record<string, T>>, body: Block, name: string): T {
  return oneOfTexts(known, theText(body, name), `${body.address}.${name}`);
}

export function oneOfTexts<T extends string>(known: Readonly<Record<string, T>>, given: string, address: string): T {
  const found = Object.values(known).find((each) => each === given);
  if (found === undefined) throw new UnreadableError(address, `AWS's API knows no ${given}`);
  return found;
}

export function empty(body: Block): Record<string, never> {
  onlyKeys(body, []);
  return {};
}
