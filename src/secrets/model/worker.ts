import { parentPort } from "node:worker_threads";
import type { ModelParameters } from "./parameters";
import { rows } from "./rows";
import type { Slice } from "./sweep";

/** One share of one row, as it goes to a worker. */
export interface Job {
  readonly rowId: string;
  readonly parameters: ModelParameters;
  readonly slice: Slice;
}

parentPort?.on("message", async ({ rowId, parameters, slice }: Job) => {
  const row = rows.find(({ id }) => id === rowId);
  if (!row) throw new Error(`There is no row ${rowId}.`);
  parentPort?.postMessage(await row.live(parameters, slice));
});
