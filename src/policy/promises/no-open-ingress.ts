import { blocks, text, texts } from "../../terraform/blocks";
import { type Estate, managedResources } from "../../terraform/estate";
import type { Rule, Violation } from "../rule";

const open = ["0.0.0.0/0", "::/0"];

export const noOpenIngress: Rule = {
  id: "no-open-ingress",
  promise: "No security group admits the whole internet.",
  why: "Nothing in the network is meant to be reached from outside it (FS-09).",
  *violations(estate) {
    for (const rule of managedResources(estate, "aws_vpc_security_group_ingress_rule")) {
      const from = text(rule, "cidr_ipv4") ?? text(rule, "cidr_ipv6") ?? "";
      if (open.includes(from)) yield { at: rule, message: `admits ${from}; name a group or a narrower range.` };
    }
    yield* inline(estate);
  },
};

function* inline(estate: Estate): Iterable<Violation> {
  for (const type of ["aws_security_group", "aws_default_security_group"]) {
    for (const group of managedResources(estate, type)) {
      for (const ingress of blocks(group, "ingress")) {
        const ranges = [...texts(ingress, "cidr_blocks"), ...texts(ingress, "ipv6_cidr_blocks")];
        if (ranges.some((range) => open.includes(range))) {
          yield { at: group, message: "admits the whole internet; name a group or a narrower range." };
        }
      }
    }
  }
}
