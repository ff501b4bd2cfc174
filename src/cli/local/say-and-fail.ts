import { NotLoopback } from "../../local/loopback";
import { CannotStart } from "../../local/processes";

/** Sets the exit code that `work` returns; what the reader can put right is printed as a sentence and ends with 2. */
export async function sayAndFail(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof CannotStart || error instanceof NotLoopback)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
