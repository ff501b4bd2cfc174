import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** One version's string and when it was written. */
export interface SecretVersion {
  readonly secretString: string;
  readonly createdAt: Date;
}

/** Labels by version id, of every version that has one; placeholders without a value included. */
export type Stages = Readonly<Record<string, readonly string[]>>;

export interface SecretDescription {
  readonly stages: Stages;
  /** When the secret last changed in any way; absent where Secrets Manager gives none. */
  readonly lastChangedAt?: Date;
}

/** Reads one secret. */
export interface SecretReader {
  describe(): Promise<SecretDescription>;
  /** The version, or `undefined` where it has no value. Any other failure throws: a throttle is not an absence. */
  get(versionId: string): Promise<SecretVersion | undefined>;
}

/** Reader of the secret with this ARN. */
export function secretReader(client: SecretsManagerClient, secretArn: string): SecretReader {
  return {
    async describe() {
      const secret = await client.send(new DescribeSecretCommand({ SecretId: secretArn }));
      const lastChangedAt = secret.LastChangedDate;
      return { stages: secret.VersionIdsToStages ?? {}, ...(lastChangedAt && { lastChangedAt }) };
    },
    get: (versionId) => version(client, { SecretId: secretArn, VersionId: versionId }),
  };
}

/** The string under AWSCURRENT, or `undefined` where nobody has put one yet. */
export async function currentSecretString(client: SecretsManagerClient, secretArn: string) {
  return (await version(client, { SecretId: secretArn }))?.secretString;
}

async function version(
  client: SecretsManagerClient,
  input: { SecretId: string; VersionId?: string },
): Promise<SecretVersion | undefined> {
  try {
    const { SecretString, CreatedDate } = await client.send(new GetSecretValueCommand(input));
    if (SecretString === undefined || CreatedDate === undefined) return undefined;
    return { secretString: SecretString, createdAt: CreatedDate };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
