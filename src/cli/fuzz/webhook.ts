import { receiveDelivery } from "../../../functions/webhook/receive-delivery";
import { fuzz } from "../../secrets/fuzz/fuzz";
import { situations } from "../../secrets/fuzz/situations";
import { progress } from "../progress";
import { tableText } from "../table-text";
import { count, type FuzzRun } from "./run";

/** Sends random deliveries to the function that receives webhooks. */
export const fuzzWebhook: FuzzRun = async ({ requests, seed }) => {
  const told = count(requests);
  const { histogram, problems } = await fuzz(receiveDelivery, {
    ...{ requests, seed, onProgress: (done: number) => progress(`${count(done)} of ${told} deliveries`) },
  });
  const statuses = [...new Set(histogram.flatMap((row) => [...row.statuses.keys()]))].sort((one, other) => one - other);
  const totals = statuses.map((status) => histogram.reduce((sum, row) => sum + (row.statuses.get(status) ?? 0), 0));
  const rows = histogram.map((row) => [row.kind, ...statuses.map((status) => count(row.statuses.get(status) ?? 0))]);
  console.log(tableText([["delivery", ...statuses.map(String)], ...rows, ["all", ...totals.map(count)]]));
  console.log(`\n${told} deliveries of seed ${seed} in ${situations.length} situations of the secrets.`);
  return { problems, passed: "No promise is broken, and every kind of delivery has come." };
};
