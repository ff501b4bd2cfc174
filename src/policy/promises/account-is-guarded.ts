import { lookAt } from "../look";
import type { Rule } from "../rule";

/** EST-07 asks every provider block for the accounts it may touch, and takes more than one. */
export const accountIsGuarded: Rule = {
  id: "account-is-guarded",
  promise: "The providers of a stack may touch one account only.",
  why: "With the wrong credentials an apply would build, or destroy, in an account that is allowed but not meant.",
  *violations(estate) {
    const look = lookAt(estate);
    const providers = look.providers().filter((at) => look.isSet(at, "allowed_account_ids"));
    for (const stack of estate.values()) {
      if (!stack.accountId && providers.some((at) => at.stack === stack)) {
        yield {
          at: { address: "provider.aws", stack },
          message: "may touch several accounts; set allowed_account_ids of every provider block to the one.",
        };
      }
    }
  },
};
