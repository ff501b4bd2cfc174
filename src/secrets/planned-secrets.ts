import type { Secrets } from "../config/secrets";

export interface RotationSchedule {
  /** Such as `cron(0 3 1 * ? *)`, in UTC. */
  readonly expression: string;
  /** Of the window, such as `2h`. */
  readonly duration: string;
}

/** Kinds of secrets that a function rotates. */
export type RotatedKind =
  | "github-app-hook"
  | "github-repo-hook"
  | "github-org-hook"
  | "spacelift-named-webhook"
  | "apigw-key"
  | "generic-random"
  | "entra-client-secret";

/** A secret whose age is watched, and how it is rotated where it can be. */
export interface PlannedSecret {
  /** Names it, its metrics and, where it is ours, its container. */
  readonly noun: string;
  readonly description: string;
  readonly kind: RotatedKind | "manual";
  /** What its rotation function is told of where the value is used. */
  readonly target: Readonly<Record<string, string | number>>;
  /** @default - once a month */
  readonly schedule?: RotationSchedule;
  readonly maxAgeDays: number;
  /** The secret that opens the other side to the rotation function. */
  readonly credentialNoun?: string;
  /** Who reads the value beside the functions of this project. */
  readonly readerRoleArns: readonly string[];
  /** Where the secret is not ours. */
  readonly existing?: { readonly arn: string; readonly kmsKeyArn?: string };
}

export type RotatedSecretPlan = PlannedSecret & { readonly kind: RotatedKind };

/** The rotation of a secret that others made, as an environment asks for it. */
export interface ExistingRotation {
  /** Its noun. */
  readonly name: string;
  readonly arn: string;
  readonly kmsKeyArn?: string;
  readonly strategy: Settings;
}

/** The secrets that open the other side, by the kinds that need them. */
const credentials: Readonly<Partial<Record<RotatedKind, string>>> = {
  "github-app-hook": "github-app",
  "github-repo-hook": "github-app",
  "github-org-hook": "github-app",
  "spacelift-named-webhook": "spacelift-api-key",
  "entra-client-secret": "entra-admin",
};

const descriptions: Readonly<Record<string, string>> = {
  "github-app": "Private key of the GitHub App",
  "spacelift-api-key": "API key that changes the Spacelift webhook",
  "entra-admin": "Client secret of the application that changes the others",
};

/** All secrets of an environment: the two webhooks', the App's key, further ones, those of others, and what opens them. */
export function plannedSecrets(
  secrets: Secrets,
  existing: readonly ExistingRotation[],
  credentialMaxAgeDays: number,
): readonly PlannedSecret[] {
  const rotated = [
    planned("github-webhook", "Signs deliveries of GitHub", secrets.githubWebhook),
    planned("spacelift-webhook", "Signs deliveries of Spacelift", secrets.spaceliftWebhook),
    ...Object.entries(secrets.more).map(([noun, each]) =>
      // It must not change with the kind: only break-glass may change a description.
      planned(noun, `Value that is called ${noun}`, each),
    ),
    ...existing.map(({ name, strategy, arn, kmsKeyArn }) => ({
      ...planned(name, arn, strategy),
      existing: { arn, ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }) },
    })),
  ];
  // The reviewer signs in as the App, whoever changes the webhook.
  const credentialNouns = new Set(["github-app", ...rotated.flatMap(({ credentialNoun }) => credentialNoun ?? [])]);
  return [
    ...rotated,
    ...[...credentialNouns].map((noun) =>
      planned(noun, descriptions[noun] ?? noun, { kind: "manual", maxAgeDays: credentialMaxAgeDays }),
    ),
  ];
}

interface Settings {
  readonly kind: PlannedSecret["kind"];
  readonly maxAgeDays: number;
  readonly schedule?: RotationSchedule | undefined;
  readonly readerRoleArns?: readonly string[];
}

function planned(noun: string, description: string, settings: Settings): PlannedSecret {
  const { kind, maxAgeDays, schedule, readerRoleArns = [], ...target } = settings;
  const credentialNoun = kind === "manual" ? undefined : credentials[kind];
  return {
    noun,
    description,
    kind,
    target,
    maxAgeDays,
    readerRoleArns,
    ...(schedule ? { schedule } : {}),
    ...(credentialNoun ? { credentialNoun } : {}),
  };
}

export const isRotated = (secret: PlannedSecret): secret is RotatedSecretPlan => secret.kind !== "manual";

/** The kinds in use, each once: there is a rotation function for each. */
export const rotatedKinds = (planned: readonly PlannedSecret[]): readonly RotatedKind[] => [
  ...new Set(planned.filter(isRotated).map(({ kind }) => kind)),
];

/** Kinds whose former credentials lie on the other side and have to be taken away there. */
export const sweptKinds: readonly RotatedKind[] = ["apigw-key", "entra-client-secret"];

/** What names the rotation function of a kind, its role and its log group. */
export const rotatorNoun = (kind: RotatedKind) => `rotate-${kind}`;

/** Whether GitHub can be asked for deliveries: somebody must know which webhook it is. */
export const redeliversFor = (planned: readonly PlannedSecret[]): boolean =>
  planned.some(({ noun, kind }) => noun === "github-webhook" && kind !== "manual");

/** Whose deliveries a secret signs; receivers keep which version signed last. */
export const webhookSource = (noun: string): "github" | "spacelift" | undefined =>
  noun === "github-webhook" ? "github" : noun === "spacelift-webhook" ? "spacelift" : undefined;

/** Functions of the platform that read a value as part of their work, by the secret's noun. */
const consumers: Readonly<Record<string, string>> = {
  "github-webhook": "webhook",
  "spacelift-webhook": "webhook",
  "github-app": "reviewer",
};

/** Names of the functions that may read a secret, and of the one that may write it. */
export function secretUsers(secret: PlannedSecret, planned: readonly PlannedSecret[]) {
  const consumer = consumers[secret.noun];
  const writers = isRotated(secret) ? [rotatorNoun(secret.kind)] : [];
  const served = planned.filter(isRotated).filter(({ credentialNoun }) => credentialNoun === secret.noun);
  const sweeps = served.some(({ kind }) => sweptKinds.includes(kind));
  const redelivers = secret.noun === "github-app" && redeliversFor(planned);
  return {
    writers,
    readers: [
      ...(consumer === undefined ? [] : [consumer]),
      ...writers,
      ...rotatedKinds(served).map(rotatorNoun),
      ...(sweeps ? ["credential-sweeper"] : []),
      ...(redelivers ? ["redeliver-webhooks"] : []),
    ],
  };
}
