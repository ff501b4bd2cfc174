/** Thrown where a folder does not hold what CDKTF writes; names the file and, where it can be told, the place in it. */
export class SynthesisError extends Error {
  override readonly name = "SynthesisError";
}
