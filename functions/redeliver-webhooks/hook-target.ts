import * as z from "zod/mini";
import type { HookTarget } from "../shared/github-hook";
import { parseJson } from "../shared/json";

const Target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("github-app-hook") }),
  z.object({
    kind: z.literal("github-repo-hook"),
    repository: z.string().check(z.regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/)),
    hookId: z.int(),
  }),
  z.object({
    kind: z.literal("github-org-hook"),
    organization: z.string().check(z.regex(/^[A-Za-z0-9-]+$/)),
    hookId: z.int(),
  }),
]);

/** The hook whose deliveries are watched, from the variable's JSON. Throws where it is none. */
export function readHookTarget(json: string): HookTarget {
  return Target.parse(parseJson(json));
}
