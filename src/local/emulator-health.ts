export type Health =
  | { readonly kind: "nothing" }
  | { readonly kind: "stranger" }
  | { readonly kind: "emulator"; readonly version: string };

/** Asks who listens at an address: nobody, MiniStack, or something else. */
export async function health(url: string): Promise<Health> {
  try {
    const response = await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(5_000) });
    const { version } = (await response.json()) as { version?: string };
    return version ? { kind: "emulator", version } : { kind: "stranger" };
  } catch (error) {
    return isRefused(error) ? { kind: "nothing" } : { kind: "stranger" };
  }
}

/** Tells whether an emulator holds nothing in these regions, by the tagging API, which it answers without a signature. */
export async function isEmpty(url: string, regions: readonly string[]): Promise<boolean> {
  const counts = await Promise.all(regions.map((region) => taggedResources(url, region)));
  return counts.every((count) => count === 0);
}

async function taggedResources(url: string, region: string): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "ResourceGroupsTaggingAPI_20170126.GetResources",
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/tagging/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: "{}",
    signal: AbortSignal.timeout(5_000),
  });
  const { ResourceTagMappingList = [] } = (await response.json()) as { ResourceTagMappingList?: unknown[] };
  return ResourceTagMappingList.length;
}

/** Forgets everything the emulator holds. */
export async function empty(url: string): Promise<void> {
  await fetch(`${url}/_ministack/reset`, { method: "POST", signal: AbortSignal.timeout(30_000) });
}

const isRefused = (error: unknown): boolean => (error as { cause?: { code?: string } }).cause?.code === "ECONNREFUSED";
