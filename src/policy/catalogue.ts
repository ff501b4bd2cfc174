import type { Rule } from "./rule";
import { accountIsGuarded } from "./rules/account-is-guarded";
import { alarmsLeadToRunbooks } from "./rules/alarms-lead-to-runbooks";
import { bucketsAreEncrypted } from "./rules/buckets-are-encrypted";
import { bucketsArePrivate } from "./rules/buckets-are-private";
import { bucketsKeepVersions } from "./rules/buckets-keep-versions";
import { functionsAreBounded } from "./rules/functions-are-bounded";
import { logGroupsExpire } from "./rules/log-groups-expire";
import { noOpenIngress } from "./rules/no-open-ingress";
import { noStarOnStar } from "./rules/no-star-on-star";
import { nothingRunsOnTheDeployer } from "./rules/nothing-runs-on-the-deployer";
import { onlyNetworkAndDataAreRead } from "./rules/only-network-and-data-are-read";
import { rotationIsWired } from "./rules/rotation-is-wired";
import { secretValuesStayOut } from "./rules/secret-values-stay-out";
import { secretsAreGuarded } from "./rules/secrets-are-guarded";
import { statefulIsProtected } from "./rules/stateful-is-protected";
import { tablesCanGoBack } from "./rules/tables-can-go-back";
import { transportIsEncrypted } from "./rules/transport-is-encrypted";

/** The promises about every synthesized stack, in the order of their names. */
export const catalogue: readonly Rule[] = [
  accountIsGuarded,
  alarmsLeadToRunbooks,
  bucketsAreEncrypted,
  bucketsArePrivate,
  bucketsKeepVersions,
  functionsAreBounded,
  logGroupsExpire,
  noOpenIngress,
  noStarOnStar,
  nothingRunsOnTheDeployer,
  onlyNetworkAndDataAreRead,
  rotationIsWired,
  secretValuesStayOut,
  secretsAreGuarded,
  statefulIsProtected,
  tablesCanGoBack,
  transportIsEncrypted,
];
