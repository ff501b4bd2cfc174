/** A finding that is known and accepted, at one construct, for a time. */
export interface Suppression {
  /** Path of a construct, as findings print it; everything below it is meant too. `*` stands for any text without `/`. */
  readonly path: string;
  /** Of a rule, or of a public check where a scanner finds it. */
  readonly id: string;
  /** Why it may stand; at least 40 characters. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds, such as 2027-06-30. */
  readonly expires: string;
}

/** A suppression, with what brought it here. */
export interface KnownSuppression extends Suppression {
  /** One of the kinds of `exceptions.ts`, or `environment` for a row of an environment file. */
  readonly kind: string;
}

/** True if a path lies at or below the path of a suppression. */
export function covers({ path }: Pick<Suppression, "path">, constructPath: string): boolean {
  const [wanted, given] = [path.split("/"), constructPath.split("/")];
  return wanted.length <= given.length && wanted.every((part, index) => matches(part, given[index] ?? ""));
}

const matches = (pattern: string, text: string): boolean =>
  pattern === text ||
  (pattern.includes("*") && new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(text));

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
