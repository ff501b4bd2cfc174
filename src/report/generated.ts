/** A Markdown table; the first row is the head. */
export function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head ?? []), `|${(head ?? []).map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** Puts `content` between the markers `<!-- generated:NAME -->` and `<!-- /generated -->` of a document.
 *
 * Throws where the document has no such markers: a table that is generated into nowhere would never be missed.
 */
export function withGenerated(document: string, name: string, content: string): string {
  const opening = `<!-- generated:${name} -->`;
  const closing = "<!-- /generated -->";
  const start = document.indexOf(opening);
  const end = document.indexOf(closing, start);
  if (start < 0 || end < 0) throw new Error(`The document has no place for ${name}; add ${opening} and ${closing}.`);
  return `${document.slice(0, start + opening.length)}\n${content}\n${document.slice(end)}`;
}
