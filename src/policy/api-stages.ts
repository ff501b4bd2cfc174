import type { Block, Resource } from "../terraform/estate";
import { resolve, type Value } from "../terraform/resolve";
import type { Look } from "./look";

/** Method settings of a stage of a REST API, for all its methods or for some. */
export function methodSettingsOf(look: Look, stage: Resource): Resource[] {
  const type = "aws_api_gateway_method_settings";
  const linked = look.linked(stage, type, "stage_name");
  return look.resources(type).filter((settings) => {
    const isNamedLikeIt = isSame(valueAt(settings, "stage_name"), valueAt(stage, "stage_name"));
    const isOfItsApi = isSame(valueAt(settings, "rest_api_id"), valueAt(stage, "rest_api_id"));
    return linked.includes(settings) || (isNamedLikeIt && isOfItsApi);
  });
}

/** Associations of web ACLs with a stage: by its `arn`, or by an ARN that is put together. */
export function webAclAssociationsOf(look: Look, stage: Resource): Resource[] {
  const type = "aws_wafv2_web_acl_association";
  const linked = look.linked(stage, type, "resource_arn");
  return look.resources(type).filter((association) => {
    if (linked.includes(association)) return true;
    const written = association.attributes.resource_arn;
    const [, api, name] = (typeof written === "string" && /\/restapis\/([^/]+)\/stages\/([^/]+)$/.exec(written)) || [];
    if (api === undefined || name === undefined) return false;
    return (
      isSame(resolve(api, association.stack), valueAt(stage, "rest_api_id")) &&
      isSame(resolve(name, association.stack), valueAt(stage, "stage_name"))
    );
  });
}

const valueAt = ({ attributes, stack }: Block, attribute: string): Value =>
  resolve(attributes[attribute] ?? null, stack);

/** Two unknown values are the same where they are unknown for the same reason, which quotes the expression. */
function isSame(one: Value, other: Value): boolean {
  if (one.kind === "literal") return other.kind === "literal" && one.value !== null && one.value === other.value;
  if (one.kind === "unknown") return other.kind === "unknown" && one.reason === other.reason;
  return other.kind === "reference" && one.resource === other.resource && one.attribute === other.attribute;
}
