import type { Block } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const leastSubnets = 2;

export const lmb03: SecurityRule = {
  id: "LMB-03",
  scope: "resource",
  demand: "A function runs in the VPC, in at least two subnets and with a security group.",
  why: "What it sends leaves by the internet, past groups and flow logs; in one subnet it fails with its zone.",
  covers: ["CKV_AWS_117"],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      const vpcs = look.blocks(at, "vpc_config");
      if (vpcs.length === 0) {
        const fix = "Set vpc_config.subnet_ids and vpc_config.security_group_ids.";
        yield { at, message: "runs outside the VPC.", fix };
      }
      for (const vpc of vpcs) {
        if (!holdsAtLeast(look, vpc, "subnet_ids", leastSubnets)) {
          const fix = `Name ${leastSubnets} subnets in vpc_config.subnet_ids, each in a zone of its own.`;
          yield { at, message: `runs in fewer than ${leastSubnets} subnets.`, fix };
        }
        if (!holdsAtLeast(look, vpc, "security_group_ids", 1)) {
          yield { at, message: "has no security group.", fix: "Name one in vpc_config.security_group_ids." };
        }
      }
    }
  },
};

/** A list that is given as a whole by a reference is taken as long enough. */
function holdsAtLeast(look: Look, block: Block, attribute: string, least: number): boolean {
  const written = block.attributes[attribute];
  if (!Array.isArray(written))
    return look.holds(block, attribute, (list) => Array.isArray(list) && list.length >= least);
  const different = new Set(written.filter((item) => item !== null && item !== "").map((item) => JSON.stringify(item)));
  return different.size >= least;
}
