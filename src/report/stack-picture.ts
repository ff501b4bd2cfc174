import type { StackContents } from "./contents";

const box = { width: 150, height: 52, gapX: 24, gapY: 48 };

/** The stacks as boxes, each below all that it waits for, drawn as SVG. */
export function stackPicture(stacks: readonly StackContents[]): string {
  const level = levels(stacks);
  const rows: StackContents[][] = [];
  for (const stack of stacks) {
    const row = level.get(stack.name) ?? 0;
    rows[row] = [...(rows[row] ?? []), stack];
  }
  const widest = Math.max(...rows.map((row) => row.length));
  const width = widest * (box.width + box.gapX);
  const place = new Map<string, { x: number; y: number }>();
  rows.forEach((row, index) => {
    const margin = (width - row.length * (box.width + box.gapX) + box.gapX) / 2;
    row.forEach((stack, column) => {
      place.set(stack.name, { x: margin + column * (box.width + box.gapX), y: 8 + index * (box.height + box.gapY) });
    });
  });
  const height = rows.length * (box.height + box.gapY) - box.gapY + 16;
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Stacks in the order of their dependencies">
${stacks.flatMap((stack) => stack.dependencies.filter((other) => (level.get(other) ?? 0) === (level.get(stack.name) ?? 0) - 1).map((other) => line(place.get(other), place.get(stack.name)))).join("\n")}
${stacks.map((stack) => drawn(stack, place.get(stack.name))).join("\n")}
</svg>`;
}

/** How many stacks must be applied before each, along the longest way. */
function levels(stacks: readonly StackContents[]): Map<string, number> {
  const level = new Map<string, number>();
  const find = (name: string): number => {
    const known = level.get(name);
    if (known !== undefined) return known;
    const before = stacks.find((stack) => stack.name === name)?.dependencies ?? [];
    const found = Math.max(-1, ...before.map(find)) + 1;
    level.set(name, found);
    return found;
  };
  for (const { name } of stacks) find(name);
  return level;
}

function line(from: { x: number; y: number } | undefined, to: { x: number; y: number } | undefined): string {
  if (!from || !to) return "";
  const start = `${from.x + box.width / 2} ${from.y + box.height}`;
  return `<path d="M ${start} L ${to.x + box.width / 2} ${to.y}"/>`;
}

function drawn(stack: StackContents, at: { x: number; y: number } | undefined): string {
  if (!at) return "";
  const middle = at.x + box.width / 2;
  return `<rect x="${at.x}" y="${at.y}" width="${box.width}" height="${box.height}" rx="6"/><text x="${middle}" y="${at.y + 22}">${stack.name}</text><text x="${middle}" y="${at.y + 40}">${stack.resources} resources</text>`;
}
