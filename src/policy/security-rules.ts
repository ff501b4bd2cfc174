import { api01 } from "./rules/api-01-methods-ask-who-calls";
import { api02 } from "./rules/api-02-methods-validate-requests";
import { api03 } from "./rules/api-03-stages-log-access-as-json";
import { api04 } from "./rules/api-04-stages-log-and-measure-methods";
import { api05 } from "./rules/api-05-stages-stand-behind-a-web-acl";
import { api06 } from "./rules/api-06-methods-are-throttled";
import { api07 } from "./rules/api-07-apis-speak-modern-tls";
import { api08 } from "./rules/api-08-apis-are-replaced-without-a-gap";
import { bkp01 } from "./rules/bkp-01-backups-are-encrypted-and-end";
import { cdn01 } from "./rules/cdn-01-viewers-use-tls";
import { cdn02 } from "./rules/cdn-02-edge-is-guarded";
import { cdn03 } from "./rules/cdn-03-browsers-stay-on-https";
import { cdn04 } from "./rules/cdn-04-origins-are-reached-safely";
import { dat01 } from "./rules/dat-01-streams-and-queries-are-encrypted";
import { ddb01 } from "./rules/ddb-01-tables-can-go-back";
import { ddb02 } from "./rules/ddb-02-tables-use-a-customer-key";
import { ddb03 } from "./rules/ddb-03-tables-scale-both-ways";
import { est01 } from "./rules/est-01-one-trail-records-the-account";
import { est02 } from "./rules/est-02-access-is-analyzed";
import { est03 } from "./rules/est-03-functions-stay-within-the-estate";
import { est04 } from "./rules/est-04-alarms-have-a-listener";
import { est05 } from "./rules/est-05-data-outlives-a-rename";
import { est06 } from "./rules/est-06-evidence-stays-as-it-was";
import { est07 } from "./rules/est-07-providers-know-their-account";
import { est08 } from "./rules/est-08-every-type-is-looked-at";
import { iam01 } from "./rules/iam-01-rights-are-counted";
import { iam02 } from "./rules/iam-02-stars-only-where-needed";
import { iam03 } from "./rules/iam-03-passed-roles-are-named";
import { iam04 } from "./rules/iam-04-nobody-raises-themselves";
import { iam05 } from "./rules/iam-05-trust-names-the-caller";
import { iam06 } from "./rules/iam-06-no-lasting-administrators";
import { iam07 } from "./rules/iam-07-policies-can-be-read";
import { kms01 } from "./rules/kms-01-keys-turn-over";
import { kms02 } from "./rules/kms-02-key-policies-name-who";
import { lmb01 } from "./rules/lmb-01-functions-reserve-concurrency";
import { lmb02 } from "./rules/lmb-02-failed-events-are-kept";
import { lmb03 } from "./rules/lmb-03-functions-run-in-the-vpc";
import { lmb04 } from "./rules/lmb-04-variables-hold-no-secrets";
import { lmb05 } from "./rules/lmb-05-code-is-signed";
import { lmb06 } from "./rules/lmb-06-functions-say-what-they-run-on";
import { lmb07 } from "./rules/lmb-07-permissions-name-their-caller";
import { lmb08 } from "./rules/lmb-08-function-urls-ask-who-calls";
import { log01 } from "./rules/log-01-logs-are-kept";
import { log02 } from "./rules/log-02-logs-are-encrypted";
import { msg01 } from "./rules/msg-01-messages-are-encrypted";
import { msg02 } from "./rules/msg-02-message-policies-name-who";
import { msg03 } from "./rules/msg-03-messages-travel-encrypted";
import { msg04 } from "./rules/msg-04-queues-outlast-their-readers";
import { msg05 } from "./rules/msg-05-nothing-undelivered-is-lost";
import { net01 } from "./rules/net-01-nothing-comes-in-from-anywhere";
import { net02 } from "./rules/net-02-outgoing-traffic-has-ports";
import { net03 } from "./rules/net-03-outgoing-traffic-has-a-destination";
import { net04 } from "./rules/net-04-groups-say-what-they-are-for";
import { net05 } from "./rules/net-05-groups-and-acls-are-in-use";
import { net06 } from "./rules/net-06-default-group-is-empty";
import { net07 } from "./rules/net-07-traffic-is-recorded";
import { net08 } from "./rules/net-08-subnets-give-no-public-address";
import { net09 } from "./rules/net-09-acls-name-a-protocol";
import { net10 } from "./rules/net-10-acls-keep-administration-out";
import { net11 } from "./rules/net-11-endpoints-serve-us-only";
import { obs01 } from "./rules/obs-01-calls-are-traced";
import { obs02 } from "./rules/obs-02-alarms-reach-somebody";
import { s301 } from "./rules/s3-01-buckets-are-private";
import { s302 } from "./rules/s3-02-buckets-keep-versions";
import { s303 } from "./rules/s3-03-buckets-use-a-customer-key";
import { s304 } from "./rules/s3-04-buckets-tell-of-access";
import { s305 } from "./rules/s3-05-unfinished-uploads-end";
import { s306 } from "./rules/s3-06-buckets-are-replicated";
import { s307 } from "./rules/s3-07-buckets-refuse-plain-http";
import { s308 } from "./rules/s3-08-locks-hold";
import { s309 } from "./rules/s3-09-bucket-policies-are-bounded";
import { sec01 } from "./rules/sec-01-secrets-are-encrypted";
import { sec02 } from "./rules/sec-02-secrets-rotate";
import { sec03 } from "./rules/sec-03-secret-values-stay-out";
import { tf01 } from "./rules/tf-01-an-apply-runs-nothing";
import { trl01 } from "./rules/trl-01-the-trail-sees-everything";
import { waf01 } from "./rules/waf-01-managed-groups-block";
import { waf02 } from "./rules/waf-02-floods-are-blocked";
import { waf03 } from "./rules/waf-03-every-rule-decides";
import { waf04 } from "./rules/waf-04-logs-keep-no-credentials";
import type { SecurityRule } from "./security-rule";

const judging: readonly SecurityRule[] = [
  api01,
  api02,
  api03,
  api04,
  api05,
  api06,
  api07,
  api08,
  bkp01,
  cdn01,
  cdn02,
  cdn03,
  cdn04,
  dat01,
  ddb01,
  ddb02,
  ddb03,
  est01,
  est02,
  est03,
  est04,
  est05,
  est06,
  est07,
  iam01,
  iam02,
  iam03,
  iam04,
  iam05,
  iam06,
  iam07,
  kms01,
  kms02,
  lmb01,
  lmb02,
  lmb03,
  lmb04,
  lmb05,
  lmb06,
  lmb07,
  lmb08,
  log01,
  log02,
  msg01,
  msg02,
  msg03,
  msg04,
  msg05,
  net01,
  net02,
  net03,
  net04,
  net05,
  net06,
  net07,
  net08,
  net09,
  net10,
  net11,
  obs01,
  obs02,
  s301,
  s302,
  s303,
  s304,
  s305,
  s306,
  s307,
  s308,
  s309,
  sec01,
  sec02,
  sec03,
  tf01,
  trl01,
  waf01,
  waf02,
  waf03,
  waf04,
];

/** The security rules, in the order of their ids. EST-08 asks the others what they look at. */
export const securityRules: readonly SecurityRule[] = [...judging, est08(judging)].sort((one, other) =>
  one.id < other.id ? -1 : 1,
);
