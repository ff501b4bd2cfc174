/** The parsed text, or `undefined` where it is not JSON.
 *
 * Does not let the parser's error out: it quotes the text.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
