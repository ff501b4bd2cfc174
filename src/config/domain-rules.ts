import { type CrossFieldRule, when } from "./cross-field-rule";

/** A regional API takes a certificate of its own region and account. */
const apiCertificateAtHome: CrossFieldRule = {
  path: ["api", "certificateArn"],
  needs: ["api", "accountId", "region"],
  problem: ({ api, accountId, region }) => {
    if (api === undefined) return undefined;
    const [, , , itsRegion, itsAccount] = api.certificateArn.split(":");
    return when(
      itsRegion !== region || itsAccount !== accountId,
      `api.certificateArn is in account ${itsAccount}, ${itsRegion} but the environment is in account ${accountId}, ${region}. The API takes a certificate of its own account and region only.`,
    );
  },
};

/** What the host names of an environment must agree with. */
export const domainRules: readonly CrossFieldRule[] = [
  apiCertificateAtHome,
  {
    path: ["api", "domainName"],
    needs: ["api.domainName", "ui.domainName"],
    problem: ({ api, ui }) =>
      when(
        api !== undefined && api.domainName === ui?.domainName,
        `api.domainName is ${api?.domainName} and so is ui.domainName. A host leads to the API or to the UI: each needs a name of its own.`,
      ),
  },
];
