import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vectors } from "../../src/cli/vectors";

const FOLDER = join(__dirname, "../vectors");
const LIFECYCLE = join(FOLDER, "recovery-lifecycle.json");

interface VectorCase {
  id: string;
  expect: Record<string, unknown>;
  [key: string]: unknown;
}

describe("judging a file of vectors", () => {
  it.each([
    ["recovery-lifecycle.json", 16],
    ["secrets-cron.json", 20],
    ["secrets-webhook-signatures.json", 20],
    ["waf-acl.json", 20],
    ["waf-capacity.json", 4],
    ["waf-requests.json", 40],
  ])("passes every case of %s", async (name, count) => {
    const { verdicts, lines, exitCode } = await judge(join(FOLDER, name));

    expect(verdicts.filter(({ pass }) => !pass)).toEqual([]);
    expect(lines.at(-1)).toBe(`${count} passed, 0 failed`);
    expect(verdicts).toHaveLength(count);
    expect(exitCode).toBe(0);
  });

  it("prints file, case, expectation, result and verdict of each case", async () => {
    const { verdicts } = await judge(LIFECYCLE);

    expect(verdicts[3]).toEqual({
      file: LIFECYCLE,
      case: "gap-89",
      expected: { valid: false, violations: [{ rule: "cold-gap", at: "aws_backup_plan.main.rule[0].lifecycle" }] },
      actual: { valid: false, violations: [{ rule: "cold-gap", at: "aws_backup_plan.main.rule[0].lifecycle" }] },
      pass: true,
    });
  });

  it("takes violations in any order", async () => {
    const { verdicts } = await judge(
      mutated(LIFECYCLE, "compliance-lock-two-days", ({ expect }) => {
        expect.violations = [...(expect.violations as object[])].reverse();
      }),
    );

    expect(verdicts.every(({ pass }) => pass)).toBe(true);
  });

  it.each<[string, string, (wrong: VectorCase) => void]>([
    [
      "a violation that is not there",
      "gap-exactly-90",
      ({ expect }) => {
        expect.violations = [{ rule: "cold-gap", at: "aws_backup_plan.main.rule[0].lifecycle" }];
      },
    ],
    [
      "no violation where there is one",
      "gap-89",
      ({ expect }) => {
        expect.violations = [];
      },
    ],
    [
      "the right rule at another place",
      "gap-89",
      ({ expect }) => {
        expect.violations = [{ rule: "cold-gap", at: "aws_backup_plan.main.rule[0]" }];
      },
    ],
    [
      "valid beside violations",
      "gap-89",
      ({ expect }) => {
        expect.valid = true;
      },
    ],
    [
      "a fragment that does not deserve it",
      "product-default",
      ({ resource }) => {
        delete (resource as Record<string, unknown>).aws_backup_vault;
      },
    ],
  ])("fails a case that expects %s, and only that", async (_what, id, change) => {
    const { verdicts, lines, exitCode } = await judge(mutated(LIFECYCLE, id, change));

    expect(verdicts.filter(({ pass }) => !pass).map((verdict) => verdict.case)).toEqual([id]);
    expect(lines.at(-1)).toBe("15 passed, 1 failed");
    expect(exitCode).toBe(1);
  });

  it.each<[string, (wrong: VectorCase) => void]>([
    [
      "another version",
      ({ expect }) => {
        expect.versionId = "v-previous";
      },
    ],
    [
      "other bytes",
      (wrong) => {
        wrong.receivedBytes = 14;
      },
    ],
    [
      "another signature",
      ({ request }) => {
        const { headers } = request as { headers: [string, string][] };
        for (const header of headers) header[1] = header[1].replace("sha256=7", "sha256=8");
      },
    ],
  ])("fails a delivery that expects %s", async (_what, change) => {
    const file = mutated(join(FOLDER, "secrets-webhook-signatures.json"), "gh-published-example", change);

    const { lines, exitCode } = await judge(file);

    expect(lines.at(-1)).toBe("19 passed, 1 failed");
    expect(exitCode).toBe(1);
  });

  it("fails a case that it cannot judge, with the reason as the result", async () => {
    const unknownContext = mutated(LIFECYCLE, "gap-89", (wrong) => {
      wrong.context = { moonPhase: "full" };
    });
    const unreadable = mutated(LIFECYCLE, "gap-89", ({ resource }) => {
      Object.assign(resource as object, { aws_backup_vault: { primary: { name: "${var.name}" } } });
    });
    const nameless = mutated(LIFECYCLE, "gap-89", (wrong) => {
      delete (wrong as Partial<VectorCase>).id;
    });

    const failures = [await onlyFailure(unknownContext), await onlyFailure(unreadable), await onlyFailure(nameless)];

    expect(failures.map((verdict) => [verdict.case, verdict.actual])).toEqual([
      ["gap-89", { error: expect.stringContaining("moonPhase") }],
      ["gap-89", { error: expect.stringContaining("aws_backup_vault.primary.name: a text is wanted") }],
      ["#3", { error: expect.stringContaining("id") }],
    ]);
  });
});

describe("a file that cannot be judged", () => {
  const file = (name: string, content: string) => {
    const path = join(mkdtempSync(join(tmpdir(), "vectors-")), name);
    writeFileSync(path, content);
    return path;
  };

  it.each([
    ["of a format without a judge", file("moon-phases.json", '{"cases":[{"id":"a"}]}'), /no format has this name/],
    ["that is not JSON", file("recovery-lifecycle-x.json", "{"), /JSON/],
    ["without cases", file("recovery-lifecycle-y.json", '{"cases":[]}'), /it has no cases/],
    ["without a list of cases", file("recovery-lifecycle-z.json", "{}"), /cases/],
    ["that is missing", "/no/such/recovery-lifecycle.json", /ENOENT/],
  ])("%s is named, and the exit code is 2 whatever else passes", async (_what, path, message) => {
    const { lines, errors, exitCode } = await judge(path, LIFECYCLE);

    expect(errors).toEqual([expect.stringMatching(message)]);
    expect(errors[0]).toContain(path);
    expect(lines.at(-1)).toBe("16 passed, 0 failed");
    expect(exitCode).toBe(2);
  });

  it("is refused where none is given", async () => {
    const command = vectors()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });

    await expect(command.parseAsync([], { from: "user" })).rejects.toThrow(/missing required argument/);
  });
});

/** Runs the command and gives what it printed and the exit code it asked for. */
async function judge(...files: string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const log = jest.spyOn(console, "log").mockImplementation((line) => void lines.push(line));
  const error = jest.spyOn(console, "error").mockImplementation((line) => void errors.push(line));
  const before = process.exitCode;
  await vectors().parseAsync(files, { from: "user" });
  const { exitCode } = process;
  process.exitCode = before;
  log.mockRestore();
  error.mockRestore();
  const verdicts = lines.slice(0, -1).map((line) => JSON.parse(line));
  return { verdicts, lines, errors, exitCode };
}

async function onlyFailure(file: string) {
  const { verdicts } = await judge(file);
  return verdicts.find(({ pass }) => !pass);
}

/** A copy of a vector file with one case changed. */
function mutated(file: string, id: string, change: (wrong: VectorCase) => void): string {
  const vectorFile = JSON.parse(readFileSync(file, "utf8")) as { cases: VectorCase[] };
  const found = vectorFile.cases.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`${file} has no case ${id}.`);
  change(found);
  const copy = join(mkdtempSync(join(tmpdir(), "vectors-")), file.split("/").at(-1) ?? "");
  writeFileSync(copy, JSON.stringify(vectorFile));
  return copy;
}
