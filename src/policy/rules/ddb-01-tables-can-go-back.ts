import { isOn } from "../flags";
import type { SecurityRule } from "../security-rule";

export const ddb01: SecurityRule = {
  id: "DDB-01",
  scope: "resource",
  demand: "A table can go back to any moment of the last days, and is protected from deletion.",
  why: "What a wrong write or a wrong click destroys cannot be brought back.",
  covers: ["CKV_AWS_28", "AWS-0024"],
  *check(look) {
    for (const at of look.resources("aws_dynamodb_table")) {
      if (!look.blocks(at, "point_in_time_recovery").some((recovery) => isOn(look, recovery, "enabled"))) {
        const fix = "Set enabled in point_in_time_recovery to true.";
        yield { at, message: "cannot go back to an earlier moment.", fix };
      }
      if (!isOn(look, at, "deletion_protection_enabled")) {
        const fix = "Set deletion_protection_enabled to true.";
        yield { at, message: "is not protected from deletion.", fix };
      }
    }
  },
};
