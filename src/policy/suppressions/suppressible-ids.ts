import { securityRules } from "../security-rules";

/** Checks of checkov and Trivy that no rule of ours covers, because what they ask for does not fit the platform. */
const ofScannersAlone = [
  // A cache of API answers: they differ by caller.
  "CKV_AWS_120",
  "CKV_AWS_225",
  "AWS-0190",
];

/** Ids that a suppression may name: of rules, and of public checks. */
export const suppressibleIds: ReadonlySet<string> = new Set([
  ...securityRules.flatMap(({ id, covers }) => [id, ...covers]),
  ...ofScannersAlone,
]);
