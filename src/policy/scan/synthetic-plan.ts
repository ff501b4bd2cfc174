import { stackFacts } from "../../terraform/estate";
import { parseReference } from "../../terraform/expression";
import { type Json, type JsonObject, mapStrings } from "../../terraform/json";
import { UnreadableError } from "../../terraform/unreadable";
import { policyText } from "./policy-text";

/** What `terraform show -json` would print of a first plan, as far as scanners read it; made without Terraform.
 *
 * Scanners parse policies in a plan which they pass over in a configuration. Data sources are not in it: the text of a
 * policy document stands where the document is named. Takes a joined root; throws where a document is not in it.
 */
export function syntheticPlan(root: JsonObject): JsonObject {
  const { resources } = stackFacts("root", root);
  const documents = new Map(
    resources.filter(({ type }) => type === "aws_iam_policy_document").map((each) => [each.address, each.attributes]),
  );
  /** `trail` holds the documents passed on the way here, so that a circle is noticed. */
  const inlined = (written: Json, trail: readonly string[]): Json =>
    mapStrings(written, (text) => {
      const named = documentIn(text);
      if (named === undefined) return text;
      const document = documents.get(named);
      if (document === undefined) throw new UnreadableError(named, "no such policy document was read");
      if (trail.includes(named)) throw new UnreadableError(named, "it includes itself");
      return policyText(document, named, (included) => String(inlined(included, [...trail, named])));
    });
  const planned = resources
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, logicalId: name, attributes: { "//": _comment, ...attributes } }) => {
      const values = inlined(attributes, []);
      return { resource: { address, mode: "managed", type, name, provider_name: providerName }, values };
    });
  return {
    format_version: "1.2",
    terraform_version: "1.11.0",
    planned_values: {
      root_module: {
        resources: planned.map(({ resource, values }) => ({ ...resource, schema_version: 0, values })),
      },
    },
    resource_changes: planned.map(({ resource, values }) => ({
      ...resource,
      change: { actions: ["create"], before: null, after: values, after_unknown: {} },
    })),
    configuration: {
      root_module: {
        resources: planned.map(({ resource: { provider_name: _provider, ...resource } }) => ({
          ...resource,
          provider_config_key: "aws",
          expressions: {},
          schema_version: 0,
        })),
      },
    },
  };
}

const providerName = "registry.terraform.io/hashicorp/aws";

/** The address of the policy document that a text is, where it is nothing else. */
function documentIn(text: string): string | undefined {
  const expression = /^\$\{(data\.aws_iam_policy_document\..*)\}$/.exec(text)?.[1];
  const reference = expression === undefined ? undefined : parseReference(expression);
  return reference?.kind === "resource" && reference.path.join(".") === "json" ? reference.address : undefined;
}
