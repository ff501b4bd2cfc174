/** Variables Powertools reads in every function. */
export const commonVariables = [
  "POWERTOOLS_SERVICE_NAME",
  "POWERTOOLS_METRICS_NAMESPACE",
  "POWERTOOLS_LOG_LEVEL",
] as const;

/** Variables of one function beside the common ones; the stack sets exactly these. */
export const environmentVariables = {
  webhook: [
    "DELIVERIES_TABLE",
    "ARTIFACTS_BUCKET",
    "QUEUE_URL",
    "GITHUB_WEBHOOK_SECRET_ARN",
    "SPACELIFT_WEBHOOK_SECRET_ARN",
    "PREVIOUS_GRACE_SECONDS",
    "KEY_REFRESH_SECONDS",
    "MISS_COOLDOWN_SECONDS",
  ],
  reviewer: [
    "REVIEWS_TABLE",
    "ARTIFACTS_BUCKET",
    "GITHUB_API_BASE_URL",
    "GITHUB_APP_ID",
    "GITHUB_APP_SECRET_ARN",
    "MODEL_ID",
    "REVIEWS_MAX_PER_DAY",
  ],
  "reviews-api": ["REVIEWS_TABLE"],
  authorizer: ["IDENTITY_KIND", "TOKEN_ISSUER", "TOKEN_JWKS_URL", "TOKEN_AUDIENCE"],
  "sync-github-ips": [
    "GITHUB_API_BASE_URL",
    "GITHUB_IPV4_SET_NAME",
    "GITHUB_IPV4_SET_ID",
    "GITHUB_IPV6_SET_NAME",
    "GITHUB_IPV6_SET_ID",
  ],
  "rotate-secret": ["REGISTRY", "SETTLE_SECONDS", "MIN_INTERVAL_SECONDS", "GITHUB_API_BASE_URL", "GITHUB_APP_ID"],
  "rotation-auditor": ["REGISTRY", "DELIVERIES_TABLE"],
  "credential-sweeper": ["REGISTRY", "PREVIOUS_GRACE_SECONDS"],
  "redeliver-webhooks": ["GITHUB_API_BASE_URL", "GITHUB_APP_ID", "GITHUB_APP_SECRET_ARN", "HOOK", "LOOKBACK_SECONDS"],
  probe: ["REVIEWS_TABLE", "ARTIFACTS_BUCKET", "MODEL_ID", "GITHUB_API_BASE_URL", "TOKEN_JWKS_URL", "PROBED_TARGETS"],
} as const;

/** Variables the authorizer needs as well where `IDENTITY_KIND` is `entra`. */
export const entraVariables = ["TENANT_ID"] as const;

/** Of `sync-github-ips`, where a security group names GitHub's addresses, too. */
export const prefixListVariable = "GITHUB_PREFIX_LIST_ID";

/** Folder of `functions/` that has a row above. */
export type FunctionName = keyof typeof environmentVariables;

type Source = Readonly<Record<string, string | undefined>>;

/** Values of one function's variables.
 *
 * Throws one error with the names of all variables that are missing or empty, so that a cold start shows the whole
 * gap at once.
 */
export function readEnvironment<F extends FunctionName>(
  name: F,
  source: Source,
): Readonly<Record<(typeof environmentVariables)[F][number], string>> {
  return requireVariables(environmentVariables[name], source);
}

/** Values of the authorizer's variables; the tenant is there for Entra ID only. */
export function readAuthorizerEnvironment(source: Source) {
  if (source.IDENTITY_KIND !== "entra") {
    return { ...readEnvironment("authorizer", source), TENANT_ID: undefined };
  }
  return requireVariables([...environmentVariables.authorizer, ...entraVariables], source);
}

/** The variable as a whole number of at least `minimum`. */
export function wholeNumber(variable: string, value: string, minimum: number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < minimum) {
    throw new Error(`${variable} is "${value}". It must be a whole number of at least ${minimum}.`);
  }
  return number;
}

function requireVariables<N extends string>(names: readonly N[], source: Source): Record<N, string> {
  const missing = [...commonVariables, ...names].filter((name) => !source[name]);
  if (missing.length > 0) throw new Error(`Environment variables are not set: ${missing.join(", ")}.`);
  return Object.fromEntries(names.map((name) => [name, source[name]])) as Record<N, string>;
}
