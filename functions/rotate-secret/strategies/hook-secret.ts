import type { GithubHook } from "../../shared/github-hook";
import type { RotationStrategy } from "../ports";
import type { RandomBytes } from "./random-text";
import { SenderError } from "./sender-error";

/** As long as the digest it keys (SHA-256). */
const secretBytes = 32;

/** A new webhook secret: random bytes, as hexadecimal digits. */
export async function newHookSecret(randomBytes: RandomBytes): Promise<string> {
  return Buffer.from(randomBytes(secretBytes)).toString("hex");
}

/** What every hook of GitHub shares: its secret is set by its configuration, which must send JSON over checked TLS. */
export function hookSecret(
  hook: GithubHook,
  randomBytes: RandomBytes,
): Pick<RotationStrategy, "create" | "apply" | "dryRun"> {
  return {
    create: () => newHookSecret(randomBytes),
    apply: (value) => hook.setSecret(value),
    async dryRun() {
      const { contentType, insecureSsl } = await hook.settings();
      if (contentType === "json" && insecureSsl === "0") return;
      throw new SenderError("settings", "The webhook must send JSON and check the certificate.");
    },
  };
}
