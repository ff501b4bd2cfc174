import { prefixListVariable } from "../../functions/shared/environment";
import type { Names } from "../config/names";
import type { Config } from "../config/schema";
import type { serviceFunctions } from "./functions";

export interface EnvironmentFacts {
  readonly names: Names;
  readonly identity: Config["identity"];
  readonly github: Config["github"];
  readonly egress: Config["network"]["egress"];
  readonly modelId: string;
  readonly maxReviewsPerDay: number;
  readonly timing: Pick<
    Config["secrets"]["timing"],
    "keyRefreshSeconds" | "missCooldownSeconds" | "previousGraceSeconds"
  >;
  readonly reviewsQueueUrl: string;
  readonly githubWebhookSecretArn: string;
  readonly spaceliftWebhookSecretArn: string;
  readonly githubAppSecretArn: string;
}

/** Functions of the service: those that look after secrets get their variables in `src/secrets/secret-variables.ts`. */
type FunctionName = keyof typeof serviceFunctions;

/** The variables of every function but that of `githubSyncVariables`; secrets are in none, only where they lie. */
export function functionVariables(
  facts: EnvironmentFacts,
): Record<Exclude<FunctionName, "sync-github-ips">, Record<string, string>> {
  const { names, github } = facts;
  const token = tokenVariables(facts.identity);
  const reviewsTable = { REVIEWS_TABLE: names.name("dynamodb-table", "reviews") };
  const artifacts = { ARTIFACTS_BUCKET: names.name("s3-bucket", "artifacts") };
  const githubApi = { GITHUB_API_BASE_URL: github.apiBaseUrl };
  const model = { MODEL_ID: facts.modelId };
  return {
    webhook: {
      ...common("webhook"),
      ...artifacts,
      DELIVERIES_TABLE: names.name("dynamodb-table", "deliveries"),
      QUEUE_URL: facts.reviewsQueueUrl,
      GITHUB_WEBHOOK_SECRET_ARN: facts.githubWebhookSecretArn,
      SPACELIFT_WEBHOOK_SECRET_ARN: facts.spaceliftWebhookSecretArn,
      PREVIOUS_GRACE_SECONDS: String(facts.timing.previousGraceSeconds),
      KEY_REFRESH_SECONDS: String(facts.timing.keyRefreshSeconds),
      MISS_COOLDOWN_SECONDS: String(facts.timing.missCooldownSeconds),
    },
    authorizer: { ...common("authorizer"), ...token },
    "reviews-api": { ...common("reviews-api"), ...reviewsTable },
    reviewer: {
      ...common("reviewer"),
      ...reviewsTable,
      ...artifacts,
      ...githubApi,
      ...model,
      GITHUB_APP_ID: github.appId,
      GITHUB_APP_SECRET_ARN: facts.githubAppSecretArn,
      REVIEWS_MAX_PER_DAY: String(facts.maxReviewsPerDay),
    },
    probe: {
      ...common("probe"),
      ...reviewsTable,
      ...artifacts,
      ...githubApi,
      ...model,
      TOKEN_JWKS_URL: token.TOKEN_JWKS_URL,
      PROBED_TARGETS: probedTargets[facts.egress].join(","),
    },
  };
}

/** A set of the firewall, as AWS WAF asks for it. */
interface IpSet {
  readonly name: string;
  readonly id: string;
}

/** Identity providers publish no list of addresses that a group could name. */
const probedTargets: Readonly<Record<Config["network"]["egress"], readonly string[]>> = {
  "open-443": ["dynamodb", "s3", "bedrock", "egress", "entra"],
  "prefix-lists": ["dynamodb", "s3", "bedrock", "egress"],
};

/** The variables of the function that keeps GitHub's addresses, whose sets are made after the other functions. */
export const githubSyncVariables = (
  githubApiBaseUrl: string,
  { v4, v6 }: Readonly<Record<"v4" | "v6", IpSet>>,
  prefixListId: string | undefined,
): Record<string, string> => ({
  ...common("sync-github-ips"),
  GITHUB_API_BASE_URL: githubApiBaseUrl,
  GITHUB_IPV4_SET_NAME: v4.name,
  GITHUB_IPV4_SET_ID: v4.id,
  GITHUB_IPV6_SET_NAME: v6.name,
  GITHUB_IPV6_SET_ID: v6.id,
  ...(prefixListId !== undefined && { [prefixListVariable]: prefixListId }),
});

const common = (functionName: FunctionName) => ({
  POWERTOOLS_SERVICE_NAME: functionName,
  POWERTOOLS_METRICS_NAMESPACE: "ReviewPlatform",
  POWERTOOLS_LOG_LEVEL: "INFO",
});

/** Issuer and key set as Microsoft documents them for v2 access tokens of one tenant, or as configured. */
function tokenVariables(identity: Config["identity"]) {
  if (identity.kind === "oidc") {
    const { issuer, jwksUrl, audience } = identity;
    return { IDENTITY_KIND: "oidc", TOKEN_ISSUER: issuer, TOKEN_JWKS_URL: jwksUrl, TOKEN_AUDIENCE: audience };
  }
  const tenant = `https://login.microsoftonline.com/${identity.tenantId}`;
  return {
    IDENTITY_KIND: "entra",
    TENANT_ID: identity.tenantId,
    TOKEN_ISSUER: `${tenant}/v2.0`,
    TOKEN_JWKS_URL: `${tenant}/discovery/v2.0/keys`,
    TOKEN_AUDIENCE: identity.audience,
  };
}
