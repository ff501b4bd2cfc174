import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const rules = join(__dirname, "dependencies.cjs");

/** The rules that a tree of files breaks, each with the importing file. */
function broken(folder: string, paths: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync("node", [cruiser, "--config", rules, "--output-type", "json", ...paths], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (!stdout.startsWith("{")) throw new Error(stderr);
  const { summary }: { summary: { violations: { from: string; to: string; rule: { name: string } }[] } } =
    JSON.parse(stdout);
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`);
}

it("every import is one that the architecture allows, and none goes in a circle", () => {
  expect(broken(root, ["main.ts", "src", "functions", "environments"])).toEqual([]);
}, 60_000);

/** A tree in which each rule is broken once. */
const tree = {
  "tsconfig.json": "{}",
  "node_modules/cdktf/package.json": '{"name":"cdktf","main":"index.js"}',
  "node_modules/cdktf/index.js": "exports.App = class {};",
  "src/waf/own-construct.ts": 'export { App } from "cdktf";',
  "src/waf/circle.ts": 'import "./back"; export const circle = 1;',
  "src/waf/back.ts": 'import { circle } from "./circle"; export const back = circle;',
  "src/waf/plain.ts": "export const plain = 1;",
  "src/slo/nosy.ts": 'export { plain } from "../waf/plain";',
  "src/policy/partial.ts": 'export { plain } from "../waf/plain";',
  "src/config/clever.ts": 'export { plain } from "../waf/plain";',
  "src/stacks/stack.ts": "export const stack = 1;",
  "src/cli/composer.ts": 'export { stack } from "../stacks/stack";',
  "functions/webhook/reaching.ts": 'export { plain } from "../../src/waf/plain";',
  "environments/production.ts": "export const production = 1;",
  "src/report/reader.ts": 'export { production } from "../../environments/production";',
};

it("an import that the architecture forbids is found, under the rule it breaks", () => {
  const folder = mkdtempSync(join(tmpdir(), "imports-"));
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  const found = broken(folder, ["src", "functions", "environments"]);

  rmSync(folder, { recursive: true });
  expect(found.sort()).toEqual([
    "configuration-stands-alone: src/config/clever.ts -> src/waf/plain.ts",
    "functions-share-plain-data-only: functions/webhook/reaching.ts -> src/waf/plain.ts",
    "no-circle: src/waf/back.ts -> src/waf/circle.ts",
    "only-main-composes-stacks: src/cli/composer.ts -> src/stacks/stack.ts",
    "only-the-cli-and-stacks-import-the-platform: src/report/reader.ts -> environments/production.ts",
    "only-the-seams-import-cdktf: src/waf/own-construct.ts -> node_modules/cdktf/index.js",
    "parts-keep-to-themselves: src/slo/nosy.ts -> src/waf/plain.ts",
    "proofs-read-json-only: src/policy/partial.ts -> src/waf/plain.ts",
  ]);
}, 60_000);
