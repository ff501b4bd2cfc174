import * as z from "zod/mini";
import { parseJson } from "../shared/json";

const Registered = z.object({
  secretArn: z.string().check(z.minLength(1)),
  /** Noun, such as `github-webhook`. */
  name: z.string().check(z.minLength(1)),
  kind: z.string().check(z.minLength(1)),
  /** Lambda function that rotates it; absent for a manual secret. */
  rotatorName: z.optional(z.string().check(z.minLength(1))),
  maxAgeDays: z.number().check(z.positive()),
  /** Whose webhook it signs: receivers keep which version signed last. */
  source: z.optional(z.enum(["github", "spacelift"])),
});

export type RegisteredSecret = Readonly<z.infer<typeof Registered>>;

/** Secrets that are audited, from the variable's JSON. Throws where it is not such a list. */
export function readRegistry(json: string): readonly RegisteredSecret[] {
  return z.array(Registered).parse(parseJson(json));
}
