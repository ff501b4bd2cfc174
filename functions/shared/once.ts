/** Makes something on first use and keeps it; what failed is made again on the next use. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let kept: { readonly made: T } | undefined;
  return async () => {
    kept ??= { made: await make() };
    return kept.made;
  };
}
