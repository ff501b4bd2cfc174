import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { badStacks } from "../policy/bad-stacks";

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "bad-vectors-"));
const [good] = JSON.parse(readFileSync(join(root, "__tests__/vectors/policy-good-resources.json"), "utf8")).cases;

/** A file of vectors with this text, or with these cases. */
function vectorFile(name: string, content: string | readonly unknown[]): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify({ cases: content }));
  return file;
}

/** Runs the command as a user does. */
function judge(...files: string[]) {
  const args = ["-r", "ts-node/register/transpile-only", "src/cli/run.ts", "vectors", ...files];
  const { status, stdout, stderr } = spawnSync("node", args, { cwd: root, encoding: "utf8" });
  const lines = stdout.trim().split("\n");
  return { status, stderr, last: lines.at(-1), verdicts: lines.slice(0, -1).map((line) => JSON.parse(line)) };
}

describe("a file of policy vectors", () => {
  it("that is malformed is named with the place in it, ends in 2 and shows no stack trace", () => {
    const files = {
      list: vectorFile("policy-good-resources-list.json", "[]"),
      number: vectorFile("policy-good-resources-number.json", "7"),
      none: vectorFile("policy-bad-resources-none.json", '{"source":"nobody"}'),
      empty: vectorFile("policy-bad-resources-empty.json", []),
      text: vectorFile("policy-bad-resources-text.json", '{"cases":"all"}'),
      good: vectorFile("policy-good-resources-good.json", [good]),
    };

    const { status, stderr, last, verdicts } = judge(...Object.values(files));

    expect(stderr.trim().split("\n")).toEqual([
      `${files.list}: ✖ Invalid input: expected object, received array`,
      `${files.number}: ✖ Invalid input: expected object, received number`,
      `${files.none}: ✖ Invalid input: expected array, received undefined`,
      "  → at cases",
      `${files.empty}: ✖ it has no cases`,
      "  → at cases",
      `${files.text}: ✖ Invalid input: expected array, received string`,
      "  → at cases",
    ]);
    expect(status).toBe(2);
    expect(verdicts.map((each) => [each.file, each.pass])).toEqual([[files.good, true]]);
    expect(last).toBe("1 passed, 0 failed");
  }, 60_000);

  it("that is no JSON, or is cut off, is named, ends in 2 and shows no stack trace", () => {
    const whole = JSON.stringify({ cases: [good] });
    const files = [
      vectorFile("policy-good-resources-words.json", "resource aws_sns_topic alarms {}"),
      vectorFile("policy-good-resources-cut.json", whole.slice(0, -20)),
      vectorFile("policy-good-resources-blank.json", ""),
    ];

    const { status, stderr, last } = judge(...files);

    expect(stderr.trim().split("\n")).toEqual(files.map((file) => expect.stringMatching(`^${file}: .*JSON`)));
    expect(status).toBe(2);
    expect(last).toBe("0 passed, 0 failed");
  }, 60_000);
});

describe("a case of policy vectors", () => {
  it("that is malformed fails, named by its file and the place in it", () => {
    const file = vectorFile("policy-good-resources-cases.json", [
      7,
      { name: "no config" },
      { name: "a text for a config", config: "resource" },
      { name: "a list for a config", config: [good.config] },
      { config: good.config },
      { name: "a rule without an address", rule: "MSG-01", config: good.config },
    ]);
    const other = vectorFile("policy-bad-resources-cases.json", [
      { name: "breaks nothing by name", config: good.config },
    ]);

    const { status, stderr, last, verdicts } = judge(file, other);

    expect(verdicts.map((each) => [each.file, each.case, each.actual])).toEqual([
      [file, "#0", { error: "✖ Invalid input: expected object, received number" }],
      [file, "no config", { error: "✖ config must be an object\n  → at config" }],
      [file, "a text for a config", { error: "✖ config must be an object\n  → at config" }],
      [file, "a list for a config", { error: "✖ config must be an object\n  → at config" }],
      [file, "#4", { error: "✖ Invalid input: expected string, received undefined\n  → at name" }],
      [file, "a rule without an address", { error: "✖ rule and address come together" }],
      [
        other,
        "breaks nothing by name",
        {
          error:
            "✖ Invalid input: expected string, received undefined\n  → at rule\n✖ Invalid input: expected string, received undefined\n  → at address",
        },
      ],
    ]);
    expect([status, stderr, last]).toEqual([1, "", "0 passed, 7 failed"]);
  }, 60_000);

  it("whose fragment is no Terraform, or goes round in a circle, fails with the address as the reason", () => {
    const cases = badStacks.map(([name, config]) => ({ name, config }));

    const { status, stderr, verdicts } = judge(vectorFile("policy-good-resources-fragments.json", cases));

    expect(verdicts.map(({ case: name, actual, pass }) => [name, actual, pass])).toEqual(
      badStacks.map(([name, , reason]) => [name, { error: reason }, false]),
    );
    expect([status, stderr]).toEqual([1, ""]);
  }, 60_000);
});
