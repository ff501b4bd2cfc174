import type { Judgement } from "./judgement";
import { judgeLifecycleCase } from "./recovery-lifecycle";
import { judgeSignatureCase } from "./secrets-webhook-signatures";

/** A kind of vector file, told by how the file's name begins. */
export interface VectorFormat {
  readonly prefix: string;
  /** Throws where the case is not of this format, or cannot be judged. */
  readonly judge: (json: unknown) => Judgement | Promise<Judgement>;
}

export const VECTOR_FORMATS: readonly VectorFormat[] = [
  { prefix: "recovery-lifecycle", judge: judgeLifecycleCase },
  { prefix: "secrets-webhook-signatures", judge: judgeSignatureCase },
];
