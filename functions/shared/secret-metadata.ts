import {
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  type SecretsManagerClient,
  type SecretVersionsListEntry,
} from "@aws-sdk/client-secrets-manager";

/** One version of a secret. */
export interface KnownVersion {
  readonly versionId: string;
  /** None where it is deprecated, and kept only until Secrets Manager cleans up. */
  readonly labels: readonly string[];
  /** Absent where Secrets Manager gives none: for a placeholder without a value, as far as is known. */
  readonly createdAt?: Date;
}

/** What Secrets Manager tells of a secret to somebody who may not read it. */
export interface SecretMetadata {
  readonly versions: readonly KnownVersion[];
  readonly rotationEnabled: boolean;
  readonly createdAt?: Date;
  /** When the secret last changed in any way. */
  readonly lastChangedAt?: Date;
  /** End of the last rotation that went through. */
  readonly lastRotatedAt?: Date;
}

/** Labels and dates of a secret's versions; reads no value. Dates come from a list, for a description has none. */
export async function secretMetadata(client: SecretsManagerClient, secretArn: string): Promise<SecretMetadata> {
  const secret = await client.send(new DescribeSecretCommand({ SecretId: secretArn }));
  const listed = await listVersions(client, secretArn);
  const stages = secret.VersionIdsToStages ?? {};
  const versionIds = new Set([...Object.keys(stages), ...listed.keys()]);
  const { CreatedDate, LastChangedDate, LastRotatedDate } = secret;
  return {
    versions: [...versionIds].map((versionId) => {
      const { CreatedDate: createdAt, VersionStages = [] } = listed.get(versionId) ?? {};
      return { versionId, labels: stages[versionId] ?? VersionStages, ...(createdAt && { createdAt }) };
    }),
    rotationEnabled: secret.RotationEnabled ?? false,
    ...(CreatedDate && { createdAt: CreatedDate }),
    ...(LastChangedDate && { lastChangedAt: LastChangedDate }),
    ...(LastRotatedDate && { lastRotatedAt: LastRotatedDate }),
  };
}

/** The version that carries a label. */
export function holderOf({ versions }: Pick<SecretMetadata, "versions">, label: string): KnownVersion | undefined {
  return versions.find(({ labels }) => labels.includes(label));
}

async function listVersions(client: SecretsManagerClient, secretArn: string) {
  const listed = new Map<string, SecretVersionsListEntry>();
  let next: string | undefined;
  do {
    const page = { MaxResults: 100, ...(next !== undefined && { NextToken: next }) };
    const input = { SecretId: secretArn, IncludeDeprecated: true, ...page };
    const { Versions = [], NextToken } = await client.send(new ListSecretVersionIdsCommand(input));
    for (const version of Versions) if (version.VersionId !== undefined) listed.set(version.VersionId, version);
    next = NextToken;
  } while (next !== undefined);
  return listed;
}
