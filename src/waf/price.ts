/** What a web ACL costs, in USD.
 *
 * Source: AWS WAF pricing, US East, as of 2026. A managed group is billed as one rule.
 */
export interface WebAclPrice {
  readonly monthlyUsd: number;
  readonly usdPerMillionRequests: number;
}

const aclUsd = 5;
export const ruleUsd = 1;
const requestsUsd = 0.6;
/** For each started step of units above those of the base price. */
const stepUnits = 500;
const stepUsd = 0.2;

/** The most capacity units that the base price covers. */
export const includedCapacityUnits = 1500;

/** Price of a web ACL by its number of rules and its capacity units; logs and bodies above 16 KB come on top. */
export function webAclPrice(ruleCount: number, capacityUnits: number): WebAclPrice {
  const steps = Math.ceil(Math.max(0, capacityUnits - includedCapacityUnits) / stepUnits);
  return {
    monthlyUsd: aclUsd + ruleCount * ruleUsd,
    usdPerMillionRequests: Number((requestsUsd + steps * stepUsd).toFixed(2)),
  };
}
