import { ConfigError } from "../config/load";
import type { Names } from "../config/names";
import type { Secrets } from "../config/secrets";
import {
  isRotated,
  type PlannedSecret,
  type RotatedKind,
  rotatorNoun,
  sweptKinds,
  webhookSource,
} from "./planned-secrets";
import { type RegistryEntry, variablesProblem } from "./registry";
import type { SecretFunction } from "./rotation-statements";

export interface VariableFacts {
  readonly names: Names;
  readonly planned: readonly PlannedSecret[];
  /** The whole ARN of a secret; a reference where AWS invents its end. */
  readonly secretArn: (secret: PlannedSecret) => string;
  readonly github: { readonly apiBaseUrl: string; readonly appId: string };
  readonly timing: Secrets["timing"];
}

type Variables = Readonly<Record<string, string>>;

const common = (functionName: SecretFunction) => ({
  POWERTOOLS_SERVICE_NAME: functionName,
  POWERTOOLS_METRICS_NAMESPACE: "ReviewPlatform",
  POWERTOOLS_LOG_LEVEL: "INFO",
});

/** Of the function that rotates the secrets of a kind. */
export const rotatorVariables = (kind: RotatedKind, facts: VariableFacts): Variables =>
  fitting(rotatorNoun(kind), facts, (each) => ({
    ...common("rotate-secret"),
    REGISTRY: JSON.stringify(entries(each, ofKind(each, [kind]))),
    SETTLE_SECONDS: String(facts.timing.settleSeconds),
    MIN_INTERVAL_SECONDS: String(facts.timing.minIntervalSeconds),
    GITHUB_API_BASE_URL: facts.github.apiBaseUrl,
    GITHUB_APP_ID: facts.github.appId,
  }));

/** Of the auditor, which sees all secrets, those that only people change, too. */
export const auditorVariables = (facts: VariableFacts): Variables =>
  fitting("rotation-auditor", facts, (each) => ({
    ...common("rotation-auditor"),
    REGISTRY: JSON.stringify(
      each.planned.map((secret) => {
        const source = webhookSource(secret.noun);
        return {
          secretArn: each.secretArn(secret),
          name: secret.noun,
          kind: secret.kind,
          maxAgeDays: secret.maxAgeDays,
          ...(isRotated(secret) ? { rotatorName: facts.names.name("lambda-function", rotatorNoun(secret.kind)) } : {}),
          ...(source === undefined ? {} : { source }),
        };
      }),
    ),
    DELIVERIES_TABLE: facts.names.name("dynamodb-table", "deliveries"),
  }));

/** Of the function that retires credentials on the other side. */
export const sweeperVariables = (facts: VariableFacts): Variables =>
  fitting("credential-sweeper", facts, (each) => ({
    ...common("credential-sweeper"),
    REGISTRY: JSON.stringify(entries(each, ofKind(each, sweptKinds))),
    PREVIOUS_GRACE_SECONDS: String(facts.timing.previousGraceSeconds),
  }));

/** Of the function that asks GitHub for deliveries that failed. */
export function redeliveryVariables({ planned, secretArn, github, timing }: VariableFacts): Variables {
  const hook = planned.find(({ noun }) => noun === "github-webhook");
  const key = planned.find(({ noun }) => noun === hook?.credentialNoun);
  if (!hook || !key) throw new Error("No secret of a GitHub webhook is planned, so nothing can be delivered again.");
  return {
    ...common("redeliver-webhooks"),
    GITHUB_API_BASE_URL: github.apiBaseUrl,
    GITHUB_APP_ID: github.appId,
    GITHUB_APP_SECRET_ARN: secretArn(key),
    HOOK: JSON.stringify({ kind: hook.kind, ...hook.target }),
    LOOKBACK_SECONDS: String(timing.redeliveryLookbackSeconds),
  };
}

const ofKind = ({ planned }: VariableFacts, kinds: readonly RotatedKind[]) =>
  planned.filter(isRotated).filter(({ kind }) => kinds.includes(kind));

const entries = ({ planned, secretArn }: VariableFacts, secrets: readonly PlannedSecret[]): RegistryEntry[] =>
  secrets.map((secret) => {
    const credential = planned.find(({ noun }) => noun === secret.credentialNoun);
    const { noun: name, kind, maxAgeDays, target } = secret;
    const credentialSecretArn = credential && secretArn(credential);
    return {
      secretArn: secretArn(secret),
      name,
      kind,
      maxAgeDays,
      target,
      ...(credentialSecretArn ? { credentialSecretArn } : {}),
    };
  });

/** Measures the variables with ARNs made of names, which are as long as the real ones; throws where they do not fit. */
function fitting(noun: string, facts: VariableFacts, variables: (facts: VariableFacts) => Variables): Variables {
  const secretArn = ({ noun: name, existing }: PlannedSecret) => existing?.arn ?? facts.names.arn("secret", name);
  const problem = variablesProblem(noun, facts.planned.length, variables({ ...facts, secretArn }));
  if (problem) throw new ConfigError([problem]);
  return variables(facts);
}
