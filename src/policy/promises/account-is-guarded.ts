import type { Rule } from "../rule";

export const accountIsGuarded: Rule = {
  id: "account-is-guarded",
  promise: "Every stack names the one account that it may touch.",
  why: "With the wrong credentials an apply would build, or destroy, in somebody else's account.",
  *violations(estate) {
    for (const stack of estate.values()) {
      if (!stack.accountId) {
        yield {
          at: { address: "provider.aws", stack },
          message: "names no account, or several; set allowed_account_ids to one.",
        };
      }
    }
  },
};
