import { readSession } from "../../local/session";
import { closeWorkbench } from "../../local/workbench";

/** Ends a kept run; returns the exit code. */
export async function down(): Promise<number> {
  if (!readSession()) {
    console.log("No local run is kept running.");
    return 0;
  }
  await closeWorkbench();
  console.log("The local run is ended and its state deleted.");
  return 0;
}
