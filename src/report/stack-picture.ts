import type { StackContents } from "./contents";

interface Point {
  readonly x: number;
  readonly y: number;
}

const box = { width: 150, height: 52, gapX: 24, gapY: 48 };

/** The stacks as boxes, each below all that it waits for, drawn as SVG. */
export function stackPicture(stacks: readonly StackContents[]): string {
  const rows = [...new Set(stacks.map(({ level }) => level))].map((level) =>
    stacks.filter((stack) => stack.level === level),
  );
  const width = Math.max(...rows.map((row) => row.length)) * (box.width + box.gapX);
  const height = rows.length * (box.height + box.gapY) - box.gapY + 16;
  const place = new Map<string, Point>();
  rows.forEach((row, index) => {
    const margin = (width - row.length * (box.width + box.gapX) + box.gapX) / 2;
    row.forEach(({ name }, column) => {
      place.set(name, { x: margin + column * (box.width + box.gapX), y: 8 + index * (box.height + box.gapY) });
    });
  });
  // A line to the row above is enough: what lies further up is waited for by way of it.
  const lines = rows.flatMap((row, index) =>
    row.flatMap(({ name, dependencies }) =>
      (rows[index - 1] ?? [])
        .filter((above) => dependencies.includes(above.name))
        .map((above) => line(place.get(above.name), place.get(name))),
    ),
  );
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Stacks in the order of applying">
${lines.join("\n")}
${stacks.map((stack) => drawn(stack, place.get(stack.name))).join("\n")}
</svg>`;
}

function line(from: Point | undefined, to: Point | undefined): string {
  if (!from || !to) return "";
  const start = `${from.x + box.width / 2} ${from.y + box.height}`;
  return `<path d="M ${start} L ${to.x + box.width / 2} ${to.y}"/>`;
}

function drawn(stack: StackContents, at: Point | undefined): string {
  if (!at) return "";
  const middle = at.x + box.width / 2;
  return `<rect x="${at.x}" y="${at.y}" width="${box.width}" height="${box.height}" rx="6"/><text x="${middle}" y="${at.y + 22}">${stack.name}</text><text x="${middle}" y="${at.y + 40}">${stack.resources} resources</text>`;
}
