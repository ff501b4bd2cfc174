import type { SecurityRule } from "../security-rule";

export const net08: SecurityRule = {
  id: "NET-08",
  scope: "resource",
  demand: "No subnet gives a public address to what is launched in it.",
  why: "What has a public address is one wrong rule away from the internet.",
  covers: ["CKV_AWS_130", "AWS-0164"],
  *check(look) {
    for (const subnet of look.resources("aws_subnet", "aws_default_subnet")) {
      // AWS makes default subnets with this on.
      const byDefault = subnet.type === "aws_default_subnet";
      const isOff = look.isSet(subnet, "map_public_ip_on_launch")
        ? look.holds(subnet, "map_public_ip_on_launch", (value) => value !== true && value !== "true")
        : !byDefault;
      if (isOff) continue;
      yield {
        at: subnet,
        message: "gives public addresses on launch.",
        fix: "Set map_public_ip_on_launch to false; let what must be reached have an address of its own.",
      };
    }
  },
};
