/** A run of characters that a value may be made of; names and addresses are cut at their dots, hyphens and slashes. */
const runs = /[A-Za-z0-9+_=]{20,}/g;

/** Least share of places where upper case, lower case and digits take turns.
 *
 * In random hex about half of the places are such, in random letters and digits more; in names put together of words a
 * third at most, and those have few digits.
 */
const leastTurns = { withDigits: 0.2, lettersOnly: 0.42 };
const leastDigits = 2;
/** Different characters in a run: a word that is written over and over has few. */
const leastDifferent = 8;

/** The first part of a text that looks like a random value of 20 characters or more; references do not count. */
export function randomPart(text: string): string | undefined {
  return text
    .replaceAll(/\$\{[^}]*\}/g, " ")
    .match(runs)
    ?.find(looksRandom);
}

function looksRandom(run: string): boolean {
  const kinds = [...run].map(kindOf);
  const turns = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  const hasDigits = kinds.filter((kind) => kind === "digit").length >= leastDigits;
  const least = hasDigits ? leastTurns.withDigits : leastTurns.lettersOnly;
  return new Set(run).size >= leastDifferent && turns / run.length >= least;
}

function kindOf(character: string): "digit" | "upper" | "lower" | "mark" {
  if (/\d/.test(character)) return "digit";
  if (/[A-Z]/.test(character)) return "upper";
  return /[a-z]/.test(character) ? "lower" : "mark";
}
