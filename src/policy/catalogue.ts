import { accountIsGuarded } from "./promises/account-is-guarded";
import { noStarOnStar } from "./promises/no-star-on-star";
import { nothingRunsOnTheDeployer } from "./promises/nothing-runs-on-the-deployer";
import { originAccessIsSigned } from "./promises/origin-access-is-signed";
import { principalsAreOurs } from "./promises/principals-are-ours";
import { replicasAreProtected } from "./promises/replicas-are-protected";
import { resourcePoliciesAreClosed } from "./promises/resource-policies-are-closed";
import { rotationIsWired } from "./promises/rotation-is-wired";
import { secretValuesStayOut } from "./promises/secret-values-stay-out";
import { secretsAreGuarded } from "./promises/secrets-are-guarded";
import type { Rule } from "./rule";

/** The promises about every synthesized stack that no security rule asks for, in the order of their names. */
export const catalogue: readonly Rule[] = [
  accountIsGuarded,
  noStarOnStar,
  nothingRunsOnTheDeployer,
  originAccessIsSigned,
  principalsAreOurs,
  replicasAreProtected,
  resourcePoliciesAreClosed,
  rotationIsWired,
  secretValuesStayOut,
  secretsAreGuarded,
];
