import { accountPlace } from "../account-place";
import { isOn } from "../flags";
import type { SecurityRule } from "../security-rule";

export const est01: SecurityRule = {
  id: "EST-01",
  scope: "estate",
  demand: "Exactly one trail records the calls of all regions.",
  why: "Without a trail nobody can say who changed what; a second one records, and bills, every call again.",
  covers: [],
  *check(look) {
    const [first, ...others] = look
      .resources("aws_cloudtrail")
      .filter((trail) => isOn(look, trail, "is_multi_region_trail"));
    const at = accountPlace(look);
    if (first === undefined && at !== undefined) {
      yield {
        at,
        message: "is an account in which no trail records all regions.",
        fix: "Add an aws_cloudtrail with is_multi_region_trail, or suppress this where the organization has a trail.",
      };
    }
    for (const trail of others) {
      yield {
        at: trail,
        message: `records once more what ${first?.address} records.`,
        fix: "Remove it; AWS bills each event of a second trail, 2.00 USD per 100,000.",
      };
    }
  },
};
