import * as z from "zod";
import { commitHash, pullRequestNumber, repository } from "./repository";

export const severities = ["critical", "high", "medium", "low"] as const;

/** `in-progress` and `failed` may still become `completed`; `refused` and `superseded` only if asked for again. */
export const reviewStatuses = ["in-progress", "completed", "refused", "superseded", "failed"] as const;

export const refusalReasons = ["daily-limit", "diff-too-large", "empty-diff"] as const;

export const finding = z.object({
  path: z.string(),
  line: z.int().min(1).optional(),
  severity: z.enum(severities),
  comment: z.string(),
});

/** A review as the table holds it and the API shows it; keys, leases and the state of the comment stay inside. */
export const review = z.object({
  repository,
  pullRequest: pullRequestNumber,
  commit: commitHash,
  status: z.enum(reviewStatuses),
  /** When the first delivery that asked for it was accepted. */
  createdAt: z.iso.datetime(),
  completedAt: z.iso.datetime().optional(),
  summary: z.string().optional(),
  findings: z.array(finding).optional(),
  /** True where the diff was longer than what the model was shown. */
  truncated: z.boolean().optional(),
  reason: z.enum(refusalReasons).optional(),
  commentUrl: z.string().optional(),
});

export type Review = z.infer<typeof review>;

/** A Spacelift run of a commit, as the API shows it beside the commit's review. */
export const run = z.object({
  runId: z.string(),
  stackId: z.string(),
  type: z.string(),
  state: z.string(),
  /** Grows with each change of state, so that late events do not overwrite newer ones. */
  stateVersion: z.int(),
  updatedAt: z.iso.datetime(),
});

export type Run = z.infer<typeof run>;
