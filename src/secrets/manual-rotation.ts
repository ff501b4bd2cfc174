import type { PlannedSecret } from "./planned-secrets";
import { isRotated, rotatorNoun } from "./planned-secrets";

/** Where the commands are to run. */
export interface RotationPlace {
  readonly environment: string;
  readonly region: string;
  readonly breakGlassRoleArn: string;
  /** Name or ARN of the secret. */
  readonly secretId: string;
  readonly minIntervalSeconds: number;
}

/** `now`: once, a day after the last at the earliest. `forced`: under break-glass, whenever. `leaked`: forced, twice. */
export type Urgency = "now" | "forced" | "leaked";

/** A shell script of AWS CLI commands that rotates a secret by hand. It holds no value and reads none. */
export function rotationScript(secret: PlannedSecret, place: RotationPlace, urgency: Urgency): string {
  const lines = isRotated(secret) ? rotated(secret, place, urgency) : byHand(secret, place);
  return `${["set -euo pipefail", ...lines].join("\n")}\n`;
}

function rotated(
  secret: PlannedSecret & { kind: Parameters<typeof rotatorNoun>[0] },
  place: RotationPlace,
  urgency: Urgency,
) {
  const { secretId, environment, minIntervalSeconds } = place;
  const rotation = [
    "TOKEN=$(uuidgen | tr 'A-Z' 'a-z')",
    ...(urgency === "now" ? [] : [aws(place, "tag-resource", `--tags "Key=rotation:force,Value=$TOKEN"`)]),
    aws(place, "rotate-secret", '--client-request-token "$TOKEN"'),
    "# The key is changed at the sender when LIVE and AWSCURRENT are on this version: ten minutes at most.",
    `labels() { ${aws(place, "describe-secret", `--query "VersionIdsToStages.\\"$TOKEN\\"" --output text`)} | tr '\\t' '\\n'; }`,
    "for _ in $(seq 120); do labels | grep -qx AWSCURRENT && break; sleep 5; done",
    "labels | grep -qx AWSCURRENT",
  ];
  const former = [
    "# The leaked key still counts as the former one, for deliveries under way; a second rotation ends that.",
    ...rotation,
  ];
  return [
    `# Rotates ${secretId} of ${environment} by the function ${rotatorNoun(secret.kind)}.`,
    ...(urgency === "now"
      ? [
          `# It is refused within ${minIntervalSeconds / 3600} h of the last rotation; --force prints what is then needed.`,
        ]
      : assumed(place)),
    aws(place, "describe-secret", "--query '[RotationEnabled,LastRotatedDate,NextRotationDate,VersionIdsToStages]'"),
    ...rotation,
    ...(urgency === "leaked" ? former : []),
    ...(urgency === "now" ? [] : [aws(place, "untag-resource", "--tag-keys rotation:force"), unset]),
  ];
}

function byHand({ kind, noun, description }: PlannedSecret, place: RotationPlace) {
  return [
    `# ${place.secretId} of ${place.environment} (${description}) cannot be changed through an API.`,
    "# Make the new key at its owner and put it into the file new-value; then:",
    ...assumed(place),
    `jq -nc --rawfile value new-value '{v: 1, kind: "${kind}", target: {}, value: $value}' |`,
    `  ${aws(place, "put-secret-value", "--secret-string file:///dev/stdin")}`,
    unset,
    `# See that ${noun} is taken, withdraw the former key at its owner, and delete the file new-value.`,
  ];
}

const aws = ({ region, secretId }: RotationPlace, command: string, options: string) =>
  `aws secretsmanager ${command} --region ${region} --secret-id '${secretId}' ${options}`;

const unset = "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN";

/** The secret's policy denies everybody else what follows. */
const assumed = ({ breakGlassRoleArn }: RotationPlace) => [
  "# Under break-glass; MFA_ARN and MFA_CODE are yours.",
  `eval "$(aws sts assume-role --role-arn ${breakGlassRoleArn} --role-session-name rotate \\`,
  `  --serial-number "$MFA_ARN" --token-code "$MFA_CODE" --query Credentials --output json |`,
  `  jq -r '"export AWS_ACCESS_KEY_ID=\\(.AccessKeyId) AWS_SECRET_ACCESS_KEY=\\(.SecretAccessKey) AWS_SESSION_TOKEN=\\(.SessionToken)"')"`,
];
