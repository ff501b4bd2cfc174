import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ModelParameters } from "./parameters";
import type { Row } from "./rows";
import { addUp, type Sweep } from "./sweep";
import type { Job } from "./worker";

/** Shares of a row; small enough that no processor idles for long at the end. */
const sharesPerRow = 8;

/** Lives through every row on all processors; `onRow` hears of each row when its last share is done. */
export async function liveRows(
  rows: readonly Row[],
  parameters: ModelParameters,
  onRow: (row: Row) => void,
): Promise<ReadonlyMap<string, Sweep>> {
  const jobs: Job[] = rows.flatMap(({ id }) =>
    Array.from({ length: sharesPerRow }, (_, index) => ({
      ...{ rowId: id, parameters },
      slice: { index, of: sharesPerRow },
    })),
  );
  const sweeps = new Map<string, Sweep[]>(rows.map(({ id }) => [id, []]));
  await Promise.all(
    Array.from({ length: Math.min(jobs.length, availableParallelism()) }, async () => {
      const worker = new Worker(join(__dirname, "worker.ts"), { execArgv: ["-r", "ts-node/register"] });
      try {
        for (let job = jobs.shift(); job; job = jobs.shift()) {
          worker.postMessage(job);
          const [sweep]: Sweep[] = await once(worker, "message");
          const done = sweeps.get(job.rowId);
          if (sweep) done?.push(sweep);
          const row = rows.find(({ id }) => id === job?.rowId);
          if (row && done?.length === sharesPerRow) onRow(row);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return new Map([...sweeps].map(([id, parts]) => [id, addUp(parts)]));
}
