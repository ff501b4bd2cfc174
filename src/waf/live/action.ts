import type { BlockAction, RuleAction } from "@aws-sdk/client-wafv2";
import { block, blocks } from "../../terraform/blocks";
import type { Block } from "../../terraform/estate";
import { onlyKey, onlyKeys, theBlock, theNumber, theText } from "../known";
import { empty } from "./field";

/** An `action` or `action_to_use` block, as AWS's API takes it. */
export function liveAction(action: Block): RuleAction {
  const kind = onlyKey(action, ["allow", "block", "count"], "action");
  const body = theBlock(action, kind);
  if (kind === "allow") return { Allow: empty(body) };
  if (kind === "count") return { Count: empty(body) };
  return { Block: blockAction(body) };
}

function blockAction(body: Block): BlockAction {
  onlyKeys(body, ["custom_response"]);
  const response = block(body, "custom_response");
  if (response === undefined) return {};
  // `custom_response_body_key` is left out: CheckCapacity takes rules and no bodies, so the key would name none.
  // A response costs no WCU. That AWS refuses the key is not confirmed; without it there is nothing to refuse.
  onlyKeys(response, ["response_code", "custom_response_body_key", "response_header"]);
  const headers = blocks(response, "response_header").map((header) => {
    onlyKeys(header, ["name", "value"]);
    return { Name: theText(header, "name"), Value: theText(header, "value") };
  });
  return {
    CustomResponse: {
      ResponseCode: theNumber(response, "response_code"),
      ...(headers.length === 0 ? {} : { ResponseHeaders: headers }),
    },
  };
}
