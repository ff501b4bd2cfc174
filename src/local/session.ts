import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { folders } from "./folders";

const file = join(folders.work, "endpoints.json");

const schema = z.strictObject({
  emulator: z.string(),
  processes: z.array(z.strictObject({ name: z.string(), pid: z.int(), mark: z.string() })),
  /** Present once the stacks are applied. */
  service: z
    .strictObject({
      apiUrl: z.string(),
      /** ARNs of the secrets that sign or sign in. */
      secrets: z.strictObject({ github: z.string(), spacelift: z.string(), githubApp: z.string() }),
      /** Names of the functions that a schedule or another service calls. */
      functions: z.strictObject({ rotateGithub: z.string(), redeliver: z.string() }),
    })
    .optional(),
});

/** What a local run has started and where it answers. Written at once, so that `--down` finds it even after a kill. */
export type Session = z.infer<typeof schema>;
export type Service = NonNullable<Session["service"]>;

export function readSession(): Session | undefined {
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

export function writeSession(session: Session): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(session, null, 2)}\n`);
}

export function rememberService(service: Service): void {
  const session = readSession();
  if (session) writeSession({ ...session, service });
}

export const forgetSession = (): void => rmSync(file, { force: true });
