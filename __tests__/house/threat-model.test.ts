import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checks } from "../../src/cli/checks";
import { securityRules } from "../../src/policy/security-rules";

const root = resolve(__dirname, "../..");
const document = readFileSync(join(root, "docs/threat-model.md"), "utf8");

/** Ids such as NET-01 or S3-07; of the links, those of documents, a test sees to. */
const namedRules = (text: string): string[] => [...new Set(text.match(/\b[A-Z][A-Z0-9]+-\d+\b/g) ?? [])];

describe("the threat model", () => {
  it("names rules that exist", () => {
    const ids = new Set(securityRules.map(({ id }) => id));

    expect(namedRules("NET-01, S3-07 and KMS-100")).toEqual(["NET-01", "S3-07", "KMS-100"]);
    expect(namedRules(document).length).toBeGreaterThan(30);
    expect(namedRules(document).filter((id) => !ids.has(id))).toEqual([]);
  });

  it("names commands and checks that exist", () => {
    const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;
    const commands = [...document.matchAll(/`npm run ([\w-]+)/g)].map(([, command = ""]) => command);
    const asked = [...document.matchAll(/--only ([\w,]+)/g)].flatMap(([, ids = ""]) => ids.split(","));

    expect(commands).not.toEqual([]);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
    expect(asked).not.toEqual([]);
    expect(asked.filter((id) => !checks.some((check) => check.id === id))).toEqual([]);
  });
});
