import type { PreparedStack } from "./prepare";
import type { SecondPlan } from "./second-plan";
import { terraform } from "./terraform";

/** Fetches the provider. One stack after the other: they share a cache that Terraform does not lock. */
export async function initialise({ folder }: PreparedStack, signal: AbortSignal): Promise<void> {
  await terraform({ folder, args: ["init", "-input=false", "-no-color"], signal });
}

/** The state of an applied stack as JSON. */
export const showState = ({ folder }: PreparedStack, signal: AbortSignal): Promise<string> =>
  terraform({ folder, args: ["show", "-json"], signal });

/** Applies one stack, or what `options` choose of it; returns how many resources stand. */
export async function apply(
  { folder }: PreparedStack,
  signal: AbortSignal,
  onResource: () => void,
  options: readonly string[] = [],
): Promise<number> {
  let standing = 0;
  const onLine = (line: string) => {
    if (!line.includes('"type":"apply_complete"')) return;
    standing += 1;
    onResource();
  };
  await terraform({ folder, args: ["apply", "-json", "-auto-approve", "-input=false", ...options], signal, onLine });
  return standing;
}

/** Plans a stack that was just applied, and returns the plan as JSON. */
export async function planAgain(
  { folder }: PreparedStack,
  signal: AbortSignal,
  options: readonly string[] = [],
): Promise<SecondPlan> {
  await terraform({ folder, args: ["plan", "-json", "-input=false", "-out=second.plan", ...options], signal });
  return JSON.parse(await terraform({ folder, args: ["show", "-json", "second.plan"], signal })) as SecondPlan;
}
