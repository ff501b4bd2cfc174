import { isObject } from "../../terraform/json";
import type { SecurityRule } from "../security-rule";

export const est07: SecurityRule = {
  id: "EST-07",
  scope: "estate",
  demand: "Each provider block names the accounts it may touch, and the tags of whatever it makes.",
  why: "With the wrong credentials an apply builds in somebody else's account; what has no tags has no owner.",
  covers: [],
  *check(look) {
    for (const at of look.providers()) {
      if (at.logicalId !== "aws") continue;
      if (!look.isSet(at, "allowed_account_ids")) {
        const fix = "Set allowed_account_ids to the account of the environment.";
        yield { at, message: "takes whatever account the credentials are of.", fix };
      }
      const tags = look.blocks(at, "default_tags").map(({ attributes }) => attributes.tags);
      if (!tags.some((each) => isObject(each) && Object.keys(each).length > 0)) {
        const fix = "Set default_tags.tags, among them Environment and Owner.";
        yield { at, message: "tags nothing that it makes.", fix };
      }
    }
  },
};
