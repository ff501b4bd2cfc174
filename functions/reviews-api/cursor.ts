import * as z from "zod";
import { parseJson } from "../shared/json";
import { commitHash, pullRequestNumber } from "../shared/repository";
import { reviewKey } from "../shared/review-key";

/** Where a page ended; the repository is the request's own, so a cursor leads nowhere else. */
const position = z.tuple([z.iso.datetime(), pullRequestNumber, commitHash]);

export type Position = z.infer<typeof position>;

/** Opaque text of a position. */
export function cursorText(value: Position): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The position a cursor stands for; refuses every text that this service has not made. */
export const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,200}$/)
  .transform((text, context): Position => {
    const parsed = position.safeParse(parseJson(Buffer.from(text, "base64url").toString("utf8")));
    if (parsed.success && cursorText(parsed.data) === text) return parsed.data;
    context.addIssue({ code: "custom", message: "is not a cursor of this service" });
    return z.NEVER;
  });

/** Start key for the index `by-created-at`, which also needs the table's own keys. */
export function startKey(repository: string, [createdAt, pullRequest, commit]: Position) {
  return { repository, createdAt, ...reviewKey({ repository, pullRequest, commit }) };
}
