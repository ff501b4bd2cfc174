import type { Refusal } from "./decide";

/** A published list is not believed; what is kept of it stays as it was. */
export class RefusedListError extends Error {
  override readonly name = "RefusedListError";

  constructor(
    readonly reason: Refusal,
    readonly detail: string,
  ) {
    super(`GitHub's list of addresses is refused: ${reason}, ${detail}. The former one is kept.`);
  }
}
