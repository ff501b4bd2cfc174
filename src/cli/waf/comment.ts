import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { markdownTable } from "../../report/generated";
import type { FirewallTable } from "../../waf/firewall-table";

const build = resolve(__dirname, "../../../build");

/** Writes the web ACLs as the part of a comment on a pull request, and returns the file's path. */
export function writeComment(environment: string, tables: readonly FirewallTable[]): string {
  const file = resolve(build, environment, "waf.md");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${tables.map(markdown).join("\n\n")}\n`);
  return relative(process.cwd(), file);
}

export const markdown = ({ name, scope, rows, summary }: FirewallTable): string =>
  `### Web ACL \`${name}\` (${scope})\n\n${markdownTable(rows)}\n\n${summary}.`;
