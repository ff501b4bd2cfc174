/** One secret as a function finds it in its variable REGISTRY. */
export interface RegistryEntry {
  readonly secretArn: string;
  /** The noun: what metrics carry as `Secret`. */
  readonly name: string;
  readonly kind: string;
  readonly maxAgeDays: number;
  readonly target: Readonly<Record<string, string | number>>;
  readonly credentialSecretArn?: string;
}

/** Lambda takes this much for all variables of a function (Lambda quotas: environment variables). */
export const variablesLimitBytes = 4096;

/** Says that a function's variables do not fit; undefined where they do.
 *
 * `resolved` must have ARNs as long as the real ones where a variable holds references.
 */
export function variablesProblem(
  functionName: string,
  secretCount: number,
  resolved: Readonly<Record<string, string>>,
): string | undefined {
  const bytes = Object.entries(resolved).reduce(
    (sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text),
    0,
  );
  return bytes > variablesLimitBytes
    ? `The variables of ${functionName} are ${bytes} bytes with the registry of ${secretCount} secrets, but Lambda takes at most ${variablesLimitBytes}. Rotate fewer secrets in this environment, or shorten what they are given.`
    : undefined;
}
