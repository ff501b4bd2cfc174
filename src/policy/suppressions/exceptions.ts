import type { Config } from "../../config/schema";
import type { KnownSuppression } from "./suppression";

/** What the product itself does not do, and why: a kind, what it hides, and where. */
interface Exception {
  readonly kind: string;
  /** Of rules, then of public checks. */
  readonly ids: readonly string[];
  readonly expires: string;
  /** Absent for what every environment has; a path that an environment has not is none of its business. */
  readonly when?: (config: Config) => boolean;
  readonly places: Readonly<Record<string, string>>;
}

const owner = "platform";
/** Looked at anew once a year, with a release of the product. */
const nextReview = "2027-11-20";

const isManual = (secret: "githubWebhook" | "spaceliftWebhook") => (config: Config) =>
  config.secrets[secret].kind === "manual";

export const exceptions: readonly Exception[] = [
  {
    kind: "api-cache-off",
    ids: ["CKV_AWS_120"],
    expires: nextReview,
    places: {
      "service/stage":
        "Answers differ by caller and writes are not idempotent; the smallest cache costs 14.60 USD a month and could show one tenant's answer to another.",
    },
  },
  {
    kind: "api-cache-off",
    ids: ["CKV_AWS_225", "AWS-0190"],
    expires: nextReview,
    places: {
      "service/throttling":
        "Without a cache of the stage no method can be cached; the authorizer's results are, for five minutes, and they are all that is dear.",
    },
  },
  {
    kind: "open-webhook-methods",
    ids: ["API-01", "CKV_AWS_59", "AWS-0004"],
    expires: nextReview,
    places: {
      "service/api/receive-github-event":
        "The function checks GitHub's signature over the raw body, which an authorizer cannot see; firewall, validator and throttle stand before it.",
      "service/api/receive-spacelift-event":
        "The function checks Spacelift's signature over the raw body, which an authorizer cannot see; firewall, validator and throttle stand before it.",
      "service/api/get-health":
        "The probe and outside monitors ask without a token; the answer tells nothing but that the service is there.",
    },
  },
  {
    kind: "access-log-buckets",
    ids: ["S3-03", "S3-06", "CKV_AWS_144", "CKV_AWS_145", "AWS-0132"],
    expires: nextReview,
    places: {
      "data/buckets/access-logs":
        "S3 delivers access logs to buckets under its own keys only; the trail, which is locked and replicated, records the same calls.",
      "data/buckets/access-logs-dr":
        "Holds access logs of the copies only, which S3 delivers under its own keys; the trail of all regions records the same calls.",
      "edge/logs":
        "Holds what CloudFront delivered of a public site, for a while; the firewall's log, which is archived, names the same requests.",
    },
  },
  {
    kind: "access-log-buckets",
    ids: ["S3-01", "CKV2_AWS_65"],
    expires: nextReview,
    places: {
      "edge/logs/ownership":
        "CloudFront's standard logs are delivered by an ACL; the public access block ignores every ACL that would open the bucket.",
    },
  },
  {
    kind: "access-log-buckets",
    ids: ["CKV_AWS_18"],
    expires: nextReview,
    places: {
      "edge/logs/Default":
        "Is itself where CloudFront delivers logs, and no other bucket lies in its region; S3-04 excuses targets of logs as well.",
    },
  },
  {
    kind: "outside-the-vpc",
    ids: ["LMB-03", "CKV_AWS_117"],
    expires: nextReview,
    places: {
      "service/authorizer":
        "Reads the issuer's keys from the internet, and a fault of the NAT gateway must not lock everybody out.",
      "service/webhook":
        "Touches its queue, one table and two secrets only; a fault of the VPC must not lose a delivery that GitHub sends once.",
      "service/sync-github-ips":
        "Reads GitHub's list of addresses and writes IP sets of the firewall; holds no data of tenants and no secret.",
      "service/secrets/rotate-*":
        "Talks to GitHub, Spacelift, Entra ID and Secrets Manager; a fault of the VPC must not stop a rotation half-way.",
      "service/secrets/rotation-auditor":
        "Asks Secrets Manager for ages alone and must be able to say so while the VPC is out of order.",
      "service/secrets/credential-sweeper":
        "Withdraws credentials at Entra ID and API Gateway that outlived their time; it reads no data of tenants.",
      "service/secrets/redeliver-webhooks":
        "Asks GitHub for deliveries that failed, most likely because something here was out of order.",
    },
  },
  {
    kind: "open-443",
    ids: ["NET-03", "AWS-0104"],
    expires: nextReview,
    when: ({ network }) => network.egress === "open-443",
    places: {
      "network/groups/functions-egress-to-internet":
        "GitHub's API and those of AWS without an endpoint have no prefix list; flow logs and the rights of two roles stand behind it.",
    },
  },
  {
    kind: "short-retention-archived",
    ids: ["CKV_AWS_338"],
    expires: nextReview,
    places: {
      "*": "The same events lie in the archive for seven years, locked; LOG-01 demands the subscription that sends them there.",
    },
  },
  {
    kind: "code-signing-off",
    ids: ["LMB-05", "CKV_AWS_272"],
    expires: nextReview,
    when: ({ codeSigning }) => !codeSigning,
    places: {
      "service/*":
        "Zips go up directly and are the same byte for byte wherever they are built; their hash stands in the plan, and only the deploy role writes code.",
    },
  },
  {
    kind: "cannot-rotate-by-api",
    ids: ["SEC-02", "CKV2_AWS_57"],
    expires: nextReview,
    places: {
      "data/github-app-secret":
        "GitHub offers no call that changes an App's private key; an alarm on its age calls for a person after 90 days.",
      "data/spacelift-api-key-secret":
        "Spacelift shows the secret of an API key once, to the person who makes it; an alarm on its age calls for one after 90 days.",
      "data/entra-admin-secret":
        "It opens the application that rotates the others, and nothing stands above it; an alarm on its age calls for a person after 90 days.",
    },
  },
  {
    kind: "cannot-rotate-by-api",
    ids: ["SEC-02", "CKV2_AWS_57"],
    expires: nextReview,
    when: isManual("githubWebhook"),
    places: {
      "data/github-webhook-secret":
        "The environment names no hook that may be changed by a call, so people change GitHub's key; an alarm on its age calls for one.",
    },
  },
  {
    kind: "cannot-rotate-by-api",
    ids: ["SEC-02", "CKV2_AWS_57"],
    expires: nextReview,
    when: isManual("spaceliftWebhook"),
    places: {
      "data/spacelift-webhook-secret":
        "The environment names no webhook of Spacelift that may be changed by a call, so people change its key; an alarm on its age calls for one.",
    },
  },
];

/** A firewall that counts before it blocks: the day on which that ends is the operator's to say. */
const rolloutIds = ["WAF-01", "WAF-02", "CKV_AWS_192"];

/** Every suppression of an environment: the product's rows that are meant for it, then its own. */
export function suppressionsOf(config: Config): KnownSuppression[] {
  const ofProduct = exceptions
    .filter(({ when }) => when === undefined || when(config))
    .flatMap(({ kind, ids, expires, places }) =>
      Object.entries(places).flatMap(([path, reason]) => ids.map((id) => ({ kind, path, id, reason, owner, expires }))),
    );
  return [...ofProduct, ...rollout(config), ...config.suppressions.map((row) => ({ kind: "environment", ...row }))];
}

function rollout({ waf, owner: team }: Config): KnownSuppression[] {
  if (waf.rollout === "enforce") return [];
  const reason = "The firewall is being rolled out: it counts what it would block, and its owner looks at the counts.";
  return rolloutIds.map((id) => ({
    kind: "firewall-rollout",
    path: "service/firewall",
    id,
    reason,
    owner: team,
    expires: waf.rolloutEnds ?? "",
  }));
}
