/** Thrown where Terraform JSON holds something that no proof can evaluate. A caller reports it; it never passes. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";

  constructor(
    readonly address: string,
    readonly reason: string,
  ) {
    super(`${address}: ${reason}`);
  }
}
