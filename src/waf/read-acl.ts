import { block, blocks } from "../terraform/blocks";
import { type Block, type Estate, managedResources, type Resource } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { onlyKey, onlyKeys, required, theBlock, theText } from "./known";
import { type AclRule, readRule } from "./read-rule";

/** A web ACL as AWS WAF will apply it. */
export interface Acl {
  readonly name: string;
  readonly scope: "REGIONAL" | "CLOUDFRONT";
  /** What happens to a request that no rule has ended. */
  readonly defaultAction: "allow" | "block";
  /** By priority. */
  readonly rules: readonly AclRule[];
}

/** Every web ACL of the JSON. Throws `UnreadableError`, with rule and path, for whatever is not known. */
export const readAcls = (estate: Estate): Acl[] => managedResources(estate, "aws_wafv2_web_acl").map(readAcl);

/** What no request is decided by: it describes the ACL, or says what is kept of a request. */
const silent = ["//", "tags", "tags_all", "description", "lifecycle", "depends_on", "provider", "region"];
const reporting = ["visibility_config", "data_protection_config"];

export function readAcl(acl: Resource): Acl {
  const parts = ["name", "scope", "default_action", "rule", "custom_response_body", "association_config"];
  onlyKeys(acl, [...parts, ...reporting, ...silent]);
  const name = theText(acl, "name");
  const scope = theText(acl, "scope");
  if (scope !== "REGIONAL" && scope !== "CLOUDFRONT") {
    throw new UnreadableError(`${acl.address}.scope`, `${scope} is not known; known are REGIONAL, CLOUDFRONT`);
  }
  const responses = blocks(acl, "custom_response_body").map((body) => theText(body, "key"));
  const surroundings = {
    responses,
    bodyLimitBytes: bodyLimitBytes(acl),
    ownLabel: (label: string) => {
      const account = required(acl.stack.accountId, acl, "the account, in allowed_account_ids of the provider,");
      return `awswaf:${account}:webacl:${name}:${label}`;
    },
  };
  const rules = blocks(acl, "rule").map((rule) => readRule(rule, surroundings));
  const doubled = rules.find(({ priority }, index) => rules.findIndex((each) => each.priority === priority) !== index);
  if (doubled) throw new UnreadableError(acl.address, `two rules have the priority ${doubled.priority}`);
  const action = theBlock(acl, "default_action");
  const defaultAction = onlyKey(action, ["allow", "block"], "default action");
  onlyKeys(required(block(action, defaultAction), action, defaultAction), []);
  return { name, scope, defaultAction, rules: rules.sort((a, b) => a.priority - b.priority) };
}

const limits: Readonly<Record<string, number>> = { KB_16: 16_384, KB_32: 32_768, KB_48: 49_152, KB_64: 65_536 };

/** How much of a body is read behind API Gateway and CloudFront. */
function bodyLimitBytes(acl: Block): number {
  const config = block(acl, "association_config");
  const kinds = config ? blocks(config, "request_body") : [];
  const given = kinds.flatMap((kind) => {
    onlyKeys(kind, ["api_gateway", "cloudfront"]);
    return ["api_gateway", "cloudfront"].flatMap((service) => {
      const body = block(kind, service);
      return body ? [theText(body, "default_size_inspection_limit")] : [];
    });
  });
  const [limit = "KB_16", second] = given;
  if (second) throw new UnreadableError(acl.address, "two limits of the body are given; which is meant is not known");
  return required(limits[limit], acl, `default_size_inspection_limit ${limit}`);
}
