/** One tile of a dashboard, before it has a place. */
export interface Tile {
  readonly type: "metric" | "alarm" | "text";
  /** Of 24 columns. */
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Widget extends Tile {
  readonly x: number;
  readonly y: number;
}

const columns = 24;

/** Places rows of tiles from the top, each row from the left and under the tallest tile of the row above. */
export function grid(rows: readonly (readonly Tile[])[]): Widget[] {
  let y = 0;
  return rows.flatMap((tiles) => {
    const width = tiles.reduce((sum, tile) => sum + tile.width, 0);
    if (width > columns) throw new Error(`A row of the dashboard is ${width} columns wide; there are ${columns}.`);
    let x = 0;
    const row = tiles.map((tile) => {
      const widget = { ...tile, x, y };
      x += tile.width;
      return widget;
    });
    y += Math.max(0, ...tiles.map(({ height }) => height));
    return row;
  });
}
