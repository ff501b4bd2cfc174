import { UnreadableError } from "../terraform/unreadable";
import type { Check, Outcome } from "./checks";
import type { Example } from "./examples";

/** What a check says of an environment. JSON that it cannot read is a finding: unknown is never a pass. */
export async function outcomeOf({ judge }: Check, example: Example): Promise<Outcome> {
  try {
    return await judge(example);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { looked: "nothing, as the JSON cannot be read", findings: [error.message], accepted: [] };
  }
}
