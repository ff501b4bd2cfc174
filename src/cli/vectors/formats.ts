import type { Judgement } from "./judgement";
import { judgeBadPolicyCase, judgePolicyCase } from "./policy";
import { judgeLifecycleCase } from "./recovery-lifecycle";
import { judgeScheduleCase } from "./secrets-cron";
import { judgeSignatureCase } from "./secrets-webhook-signatures";
import { judgeWafRule } from "./waf-acl";
import { judgeWafCapacity } from "./waf-capacity";
import { judgeWafRequest } from "./waf-requests";

/** A kind of vector file, told by how the file's name begins. */
export interface VectorFormat {
  readonly prefix: string;
  /** `file` is what the cases stand in. Throws where the case is not of this format, or cannot be judged. */
  readonly judge: (json: unknown, file: unknown) => Judgement | Promise<Judgement>;
}

export const VECTOR_FORMATS: readonly VectorFormat[] = [
  { prefix: "policy-bad-resources", judge: judgeBadPolicyCase },
  { prefix: "policy-good-resources", judge: judgePolicyCase },
  { prefix: "recovery-lifecycle", judge: judgeLifecycleCase },
  { prefix: "secrets-cron", judge: judgeScheduleCase },
  { prefix: "secrets-webhook-signatures", judge: judgeSignatureCase },
  { prefix: "waf-acl", judge: judgeWafRule },
  { prefix: "waf-capacity", judge: judgeWafCapacity },
  { prefix: "waf-requests", judge: judgeWafRequest },
];
