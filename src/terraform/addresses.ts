import { objectsOf } from "./json";
import type { Synthesis } from "./read";

/** Every managed resource of an environment as `<environment>/<stack>/<address>`, sorted. */
export function addressLines(environment: string, { estate }: Synthesis): string[] {
  return [...estate.values()]
    .flatMap((stack) => [...stack.resources.values()].map((resource) => ({ stack, resource })))
    .filter(({ resource }) => resource.mode === "managed")
    .map(({ stack, resource }) => `${environment}/${stack.name}/${resource.address}`)
    .sort();
}

/** A sentence for each recorded address that is gone without a `moved` or `removed` block to explain it.
 *
 * Terraform would destroy such a resource and, if its construct was only renamed, create it anew.
 */
export function lostAddresses(recorded: readonly string[], environment: string, synthesis: Synthesis): string[] {
  const present = new Set(addressLines(environment, synthesis));
  const added = [...present].filter((line) => !recorded.includes(line));
  const explained = new Set(
    synthesis.stacks.flatMap(({ name, json }) =>
      [...objectsOf(json.moved, "moved"), ...objectsOf(json.removed, "removed")].map(
        (block) => `${environment}/${name}/${block.from}`,
      ),
    ),
  );
  return recorded
    .filter((line) => line.startsWith(`${environment}/`) && !present.has(line) && !explained.has(line))
    .map((line) => `${line} is gone, so Terraform would destroy it. ${remedy(line, added, synthesis)}`);
}

function remedy(line: string, added: readonly string[], { estate }: Synthesis): string {
  const [environment = "", stackName = "", address = ""] = line.split("/");
  const [type = ""] = address.split(".");
  const candidates = added
    .filter((other) => other.startsWith(`${environment}/${stackName}/${type}.`))
    .flatMap((other) => estate.get(stackName)?.resources.get(other.split("/")[2] ?? "") ?? []);
  const move = `.moveFromId("${address}")`;
  const keep = `If it goes on purpose, run "npm run golden" and say so in the commit.`;
  if (candidates.length === 0) return keep;
  const places = candidates.map(({ constructPath, address: now }) => `${constructPath ?? now} (now ${now})`);
  return `If it was renamed, call ${move} on ${places.join(" or on ")}. ${keep}`;
}
