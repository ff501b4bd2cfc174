import { blocks } from "../terraform/blocks";
import type { Block, Estate, Resource } from "../terraform/estate";
import { isObject, type Json } from "../terraform/json";
import { documentType } from "../terraform/policy-document";
import { resolve } from "../terraform/resolve";
import type { Statement } from "../terraform/statement";
import { UnreadableError } from "../terraform/unreadable";
import type { Look } from "./look";
import { shapedDocument, shapedStatements } from "./shapes";

/** A policy of the estate, at the resource that has it; a document that no policy uses is one by itself. */
export interface PlacedPolicy {
  readonly at: Resource;
  /** `identity` says what its holder may do, `trust` who may take a role, `resource` who may use a resource. */
  readonly kind: "identity" | "trust" | "resource" | "document";
  /** The attribute as written; a document's body. */
  readonly written: Json;
  /** Throws UnreadableError. */
  readonly read: () => Statement[];
}

const identityTypes = new Set([
  "aws_iam_role_policy",
  "aws_iam_policy",
  "aws_iam_user_policy",
  "aws_iam_group_policy",
  "aws_ssoadmin_permission_set_inline_policy",
]);

/** Attributes that hold a policy of IAM as text (AWS provider 6). */
const policyAttributes = [
  "policy",
  "assume_role_policy",
  "resource_policy",
  "access_policy",
  "access_policies",
  "policy_document",
  "inline_policy",
] as const;

/** Types that have such an attribute for something else: a lifecycle, a language of their own, a name. */
const otherPolicies =
  /^aws_(ecr_lifecycle|cloudwatch_log_(account|data_protection|index)|sns_topic_data_protection|opensearchserverless|networkmanager|resiliencehub|verifiedaccess|ses_receipt_filter|iot_policy_attachment|organizations)|^(?!aws_)/;

export function placedPolicies(look: Look): readonly PlacedPolicy[] {
  const resources = look.everyResource();
  const documents = look.data(documentType);
  const estate = (resources[0] ?? documents[0])?.stack.estate;
  if (estate === undefined) return [];
  const placed = placedBefore.get(estate) ?? policiesAmong(resources, documents);
  placedBefore.set(estate, placed);
  return placed;
}

/** An estate does not change once it is read, and several rules ask for its policies. */
const placedBefore = new WeakMap<Estate, readonly PlacedPolicy[]>();

function policiesAmong(resources: readonly Resource[], documents: readonly Resource[]): PlacedPolicy[] {
  const attached = resources.flatMap((at) => [...policiesAt(at)]);
  const used = usedDocuments([...resources, ...documents]);
  const unused = documents.filter((document) => !used.has(document));
  return [
    ...attached,
    ...unused.map((at) => {
      return { at, kind: "document" as const, written: at.attributes, read: once(() => shapedDocument(at)) };
    }),
  ];
}

/** Reads on the first call; what could not be read then, is tried again. */
function once(read: () => Statement[]): () => Statement[] {
  let found: Statement[] | undefined;
  return () => {
    found ??= read();
    return found;
  };
}

function* policiesAt(at: Resource): Iterable<PlacedPolicy> {
  if (otherPolicies.test(at.type)) return;
  for (const attribute of policyAttributes) {
    if (attribute === "inline_policy" && at.type === "aws_iam_role") {
      for (const inline of inlinePolicies(at)) yield inline;
    } else {
      const kind = attribute === "assume_role_policy" ? "trust" : identityTypes.has(at.type) ? "identity" : "resource";
      yield* policyIn(at, at, attribute, kind);
    }
  }
}

function* inlinePolicies(role: Resource): Iterable<PlacedPolicy> {
  try {
    for (const inline of blocks(role, "inline_policy")) yield* policyIn(role, inline, "policy", "identity");
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const read = () => {
      throw error;
    };
    yield { at: role, kind: "identity", written: null, read };
  }
}

function* policyIn(at: Resource, holder: Block, attribute: string, kind: PlacedPolicy["kind"]): Iterable<PlacedPolicy> {
  const written = holder.attributes[attribute] ?? "";
  if (written === "") return;
  const read = once(() => shapedStatements(written, at.stack, `${holder.address}.${attribute}`));
  yield { at, kind, written, read };
}

/** The documents that an attribute named after a policy refers to, also in another document or through an output. */
function usedDocuments(resources: readonly Resource[]): Set<Resource> {
  const used = new Set<Resource>();
  for (const { attributes, stack } of resources) {
    for (const text of policyTexts(attributes, false)) {
      for (const [expression] of text.matchAll(/\$\{[^{}]*\}/g)) {
        const value = resolve(expression, stack);
        if (value.kind === "reference") used.add(value.resource);
      }
      for (const [address] of text.matchAll(/data\.aws_iam_policy_document\.[\w-]+/g)) {
        const document = stack.resources.get(address);
        if (document) used.add(document);
      }
    }
  }
  return used;
}

function* policyTexts(json: Json, isPolicy: boolean): Iterable<string> {
  if (typeof json === "string" && isPolicy) yield json;
  else if (Array.isArray(json)) for (const item of json) yield* policyTexts(item, isPolicy);
  else if (isObject(json)) {
    for (const [key, value] of Object.entries(json)) yield* policyTexts(value, isPolicy || /polic/i.test(key));
  }
}
