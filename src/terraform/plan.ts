import { z } from "zod";
import { type Estate, estateOf, type Resource, type StackFacts } from "./estate";
import { isObject, type Json, type JsonObject } from "./json";
import { type ConfiguredResource, configuredResources, plannedAttributes } from "./plan-values";

/** A plan as `terraform show -json` prints it, in the form in which synthesized stacks are read. */
export interface Plan {
  readonly terraformVersion: string;
  readonly changes: readonly Change[];
  /** What will stand after the apply: one stack under the given name. */
  readonly estate: Estate;
}

export interface Change {
  readonly address: string;
  /** Terraform's words: `["no-op"]`, `["create"]`, `["delete", "create"]`, `["forget"]`, and so on. */
  readonly actions: readonly string[];
  readonly actionReason?: string;
  /** Present where the resource moves. */
  readonly previousAddress?: string;
  /** Present where an existing object is taken over. */
  readonly importId?: string;
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** As it is now; absent on a create. */
  readonly before?: Resource;
  /** As it will be; absent on a delete. */
  readonly after?: Resource;
}

const attributes = z.custom<JsonObject>(isObject).nullish();

const PlanJson = z.looseObject({
  format_version: z
    .string()
    .regex(/^1\./, "the plan reader knows format 1.x only; write the plan with Terraform 1.5 to 1.x"),
  terraform_version: z.string(),
  configuration: z.custom<JsonObject>(isObject).default({}),
  resource_changes: z
    .array(
      z.looseObject({
        address: z.string(),
        previous_address: z.string().optional(),
        mode: z.enum(["managed", "data"]),
        type: z.string(),
        name: z.string(),
        action_reason: z.string().optional(),
        change: z.looseObject({
          actions: z.array(z.string()),
          before: attributes,
          after: attributes,
          after_unknown: z.custom<Json>().optional(),
          replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
          importing: z.looseObject({ id: z.string() }).nullish(),
        }),
      }),
    )
    .default([]),
});

type ResourceChange = z.infer<typeof PlanJson>["resource_changes"][number];

/** Reads the text that `terraform show -json` printed for a plan of one stack.
 *
 * Unknown keys are ignored, as Terraform asks of readers; an unknown major format is refused.
 */
export function readPlan(stack: string, text: string): Plan {
  const plan = PlanJson.parse(JSON.parse(text));
  const configured = configuredResources(plan.configuration);
  const after = plan.resource_changes.flatMap((change) => facts(change, configured, "after") ?? []);
  const before = plan.resource_changes.flatMap((change) => facts(change, configured, "before") ?? []);
  const estate = estateOf([{ name: stack, outputs: {}, locals: {}, providers: [], resources: after }]);
  const present = estateOf([{ name: stack, outputs: {}, locals: {}, providers: [], resources: before }]);
  const changes = plan.resource_changes.map((change) => {
    const now = present.get(stack)?.resources.get(change.address);
    const then = estate.get(stack)?.resources.get(change.address);
    return {
      address: change.address,
      actions: change.change.actions,
      replacePaths: change.change.replace_paths,
      ...(change.action_reason === undefined ? {} : { actionReason: change.action_reason }),
      ...(change.previous_address === undefined ? {} : { previousAddress: change.previous_address }),
      ...(change.change.importing ? { importId: change.change.importing.id } : {}),
      ...(now ? { before: now } : {}),
      ...(then ? { after: then } : {}),
    };
  });
  return { terraformVersion: plan.terraform_version, changes, estate };
}

function facts(
  { address, mode, type, name, change }: ResourceChange,
  configured: ReadonlyMap<string, ConfiguredResource>,
  side: "before" | "after",
): StackFacts["resources"][number] | undefined {
  const values = change[side];
  if (!values) return undefined;
  const configuration = configured.get(address.replaceAll(INSTANCE_KEY, ""));
  const unknown = side === "after" ? change.after_unknown : undefined;
  const region = values.region ?? configuration?.region;
  return {
    ...{ address, mode, type, logicalId: name },
    attributes: plannedAttributes(values, unknown, configuration?.expressions),
    ...(typeof region === "string" ? { region } : {}),
  };
}

/** `[0]` or `["key"]`, where a resource or module has `count` or `for_each`. */
const INSTANCE_KEY = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;
