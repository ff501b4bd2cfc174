import { accountIsGuarded } from "./promises/account-is-guarded";
import { alarmsLeadToRunbooks } from "./promises/alarms-lead-to-runbooks";
import { bucketsAreEncrypted } from "./promises/buckets-are-encrypted";
import { bucketsArePrivate } from "./promises/buckets-are-private";
import { bucketsKeepVersions } from "./promises/buckets-keep-versions";
import { functionsAreBounded } from "./promises/functions-are-bounded";
import { logGroupsExpire } from "./promises/log-groups-expire";
import { noOpenIngress } from "./promises/no-open-ingress";
import { noStarOnStar } from "./promises/no-star-on-star";
import { nothingRunsOnTheDeployer } from "./promises/nothing-runs-on-the-deployer";
import { onlyNetworkAndDataAreRead } from "./promises/only-network-and-data-are-read";
import { rotationIsWired } from "./promises/rotation-is-wired";
import { secretValuesStayOut } from "./promises/secret-values-stay-out";
import { secretsAreGuarded } from "./promises/secrets-are-guarded";
import { statefulIsProtected } from "./promises/stateful-is-protected";
import { tablesCanGoBack } from "./promises/tables-can-go-back";
import { transportIsEncrypted } from "./promises/transport-is-encrypted";
import type { Rule } from "./rule";

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
