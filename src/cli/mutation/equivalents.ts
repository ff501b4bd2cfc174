import type { Mutation } from "../../waf/mutations";

export interface Equivalent extends Pick<Mutation, "rule" | "operator"> {
  /** Why no request can tell the change. */
  readonly reason: string;
}

/** Changes that no case can kill; every other survivor is a gap in the cases. */
export const equivalents: readonly Equivalent[] = [
  {
    rule: "aws-anonymous-ip",
    operator: "group override none to count",
    reason: "both of its rules count by themselves, so there is no block that the group could count",
  },
];
