/** A version; without a value it is the placeholder of a rotation that has begun. */
export interface ModelVersion {
  readonly labels: readonly string[];
  readonly value?: string;
  readonly createdAt?: Date;
}

export type Versions = ReadonlyMap<string, ModelVersion>;

export interface SecretState {
  readonly versions: Versions;
  readonly rotationEnabled: boolean;
  readonly lastRotatedAt?: Date;
  readonly lastChangedAt?: Date;
  readonly tags: Readonly<Record<string, string>>;
}

/** The versions with this label on one of them alone, or on none. AWSCURRENT leaves AWSPREVIOUS where it was. */
export function withLabel(versions: Versions, label: string, versionId: string | undefined): Versions {
  const from = [...versions].find(([, { labels }]) => labels.includes(label))?.[0];
  if (from === versionId) return versions;
  const moved = new Map(
    [...versions].map(([id, version]) => {
      const others = version.labels.filter((held) => held !== label);
      return [id, { ...version, labels: id === versionId ? [...others, label] : others }];
    }),
  );
  return label === "AWSCURRENT" && from !== undefined ? withLabel(moved, "AWSPREVIOUS", from) : moved;
}

export function withoutUnlabelled(versions: Versions): Versions {
  return new Map([...versions].filter(([, { labels }]) => labels.length > 0));
}
