import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { synthesizeExamples } from "./examples";
import { generatedPages } from "./generated-pages";
import { progress } from "./progress";

const root = resolve(__dirname, "../..");

/** Rewrites what is generated: recorded addresses, what roles may do, and tables in documents. Review the difference before it is committed. */
export function golden(): Command {
  return new Command("golden")
    .description("Rewrites the recorded addresses and every generated table.")
    .action(async () => {
      progress("Synthesizing the environments");
      const pages = generatedPages(await synthesizeExamples());
      const changed = pages.filter(
        ({ path, text }) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
      );
      for (const { path, text } of changed) {
        writeFileSync(join(root, path), text);
        console.log(`wrote ${path}`);
      }
      console.log(`${pages.length - changed.length} of ${pages.length} were as they should be.`);
    });
}
