import * as z from "zod";
import { commitHash, repository } from "./repository";

const text = z.string().max(500);

/** The parts of Spacelift's run event that a review shows.
 *
 * The repository has no field of its own and is read from the commit's address (Spacelift documentation, Integrations,
 * Webhooks, "Run events").
 */
export const runEvent = z
  .object({
    state: text,
    stateVersion: z.int().min(0),
    timestamp: z.int().min(0),
    run: z.object({
      id: z.string().regex(/^[0-9A-Za-z]{1,64}$/),
      type: text,
      commit: z.object({ hash: commitHash, url: z.url() }),
    }),
    stack: z.object({ id: text }),
  })
  .transform(({ run, ...event }, context) => {
    const [owner, name, kind] = new URL(run.commit.url).pathname.split("/").filter(Boolean);
    const parsed = repository.safeParse(`${owner}/${name}`);
    if (!parsed.success || kind !== "commit") {
      context.addIssue({ code: "custom", path: ["run", "commit", "url"], message: "is not the address of a commit" });
      return z.NEVER;
    }
    return { ...event, runId: run.id, type: run.type, commit: run.commit.hash, repository: parsed.data };
  });

export type RunEvent = z.infer<typeof runEvent>;
