import * as z from "zod";

/** `owner/name` in lower case: GitHub takes any case for the same repository, a table key does not.
 *
 * A name of dots alone is refused: in an address it would climb to another path.
 */
export const repository = z
  .string()
  .max(140)
  .regex(/^[A-Za-z0-9_-]+\/[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*$/)
  .toLowerCase();

export const pullRequestNumber = z.int().min(1).max(99_999_999);

/** Full commit hash: SHA-1 in 40 lower-case hex digits. */
export const commitHash = z.string().regex(/^[0-9a-f]{40}$/);
