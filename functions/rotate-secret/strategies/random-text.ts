/** This many bytes that nobody can foresee. */
export type RandomBytes = (count: number) => Uint8Array;

/** Text of this length, every character of the alphabet (2 to 256 of them, all different) as likely as every other.
 *
 * A byte beyond the last whole multiple of the alphabet's size is thrown away: its rest would favour the first ones.
 */
export function randomText(length: number, alphabet: string, randomBytes: RandomBytes): string {
  const fairBelow = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length)) {
      if (byte < fairBelow) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
