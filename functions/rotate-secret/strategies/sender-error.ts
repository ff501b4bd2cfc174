/** Why the other side cannot be given a key, or is not set as this project needs it. */
export type SenderFault = "no-credential" | "not-found" | "settings" | "edited" | "key-conflict";

export class SenderError extends Error {
  override readonly name: string;

  constructor(fault: SenderFault, message: string) {
    super(message);
    // The name is what the log may show of an error.
    this.name = `SenderError:${fault}`;
  }
}
