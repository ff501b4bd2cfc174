import type { Block } from "../../terraform/estate";
import type { Look } from "../look";
import { groupRules } from "../ports";
import type { SecurityRule } from "../security-rule";

export const net04: SecurityRule = {
  id: "NET-04",
  scope: "resource",
  demand: "Every security group and every rule of one has a description of its own.",
  why: "A rule that nobody can explain is a rule that nobody dares to remove.",
  covers: ["CKV_AWS_23", "AWS-0099", "AWS-0124"],
  *check(look) {
    const fix = "Write in description what it is for.";
    for (const group of look.resources("aws_security_group")) {
      if (!isDescribed(look, group)) yield { at: group, message: "does not say what it is for.", fix };
    }
    for (const { at, block, direction } of groupRules(look)) {
      if (isDescribed(look, block)) continue;
      const rule = direction === undefined ? "a rule" : `an ${direction} rule`;
      yield { at, message: at === block ? "does not say what it is for." : `has ${rule} without description.`, fix };
    }
  },
};

/** Terraform writes this where nothing is written. */
const byDefault = "managed by terraform";

const isDescribed = (look: Look, block: Block): boolean =>
  look.holds(block, "description", (written) => !["", byDefault].includes(String(written).trim().toLowerCase()));
