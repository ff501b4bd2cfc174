import type { UsedAction } from "./action-recorder";
import type { Right } from "./role-of";

/** Differences between what a role may do and what its function did, both ways; none where they are the same. */
export function rightsDifferences(role: string, rights: readonly Right[], used: readonly UsedAction[]): string[] {
  const unused = rights.filter((right) => !used.some((each) => allows(right, each)));
  const refused = used.filter((each) => !rights.some((right) => allows(right, each)));
  return [
    ...new Set([
      ...unused.map((right) => `${role} may ${lineOf(right.action, right.resource, right.conditions)}, and never does`),
      ...refused.map(
        ({ action, resource, context }) => `${role} may not ${lineOf(action, resource, context)}, and does`,
      ),
    ]),
  ];
}

function lineOf(action: string, resource: string, conditions: Readonly<Record<string, string>>): string {
  const only = Object.entries(conditions).map(([variable, value]) => ` if ${variable}=${value}`);
  return `${action} ${resource}${only.join("")}`;
}

function allows({ effect, action, resource, conditions }: Right, used: UsedAction): boolean {
  return (
    effect === "Allow" &&
    action === used.action &&
    matches(resource, used.resource) &&
    Object.entries(conditions).every(([variable, value]) => used.context[variable] === value)
  );
}

/** IAM's wildcards: `*` for any text, `?` for one character. */
function matches(pattern: string, arn: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(arn);
}
