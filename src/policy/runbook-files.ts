import { readdirSync } from "node:fs";
import { resolve } from "node:path";

/** The pages of `runbooks/`, as the end of an alarm's description names them: `runbooks/RB-01-….md`. */
export function runbookFiles(): ReadonlySet<string> {
  const folder = resolve(__dirname, "../../runbooks");
  return new Set(
    readdirSync(folder)
      .filter((file) => file.startsWith("RB-") && file.endsWith(".md"))
      .map((file) => `runbooks/${file}`),
  );
}
