import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { failures, summary } from "../../src/cli/local/summary";
import { unsupported } from "../../src/local/gaps";
import { end, isOurs, start } from "../../src/local/processes";
import type { LocalRun } from "../../src/local/run";
import { problemsIn, TerraformFailed, terraform } from "../../src/local/terraform";

const stack = { name: "data", folder: "data", dependencies: [], json: {}, leftOut: [] };
const applied: LocalRun["applied"] = new Map([["data", { kind: "done", value: { resources: 5, seconds: 2 } }]]);
const service = {
  apiUrl: "http://127.0.0.1:4566/api",
  secrets: { github: "g", spacelift: "s", githubApp: "a" },
  functions: { rotateGithub: "r", redeliver: "d" },
};
const quiet = { service, smoke: [], rotation: [], planned: new Map(), drift: { listed: [], unlisted: [], stale: [] } };

describe("a run fails", () => {
  it("on an error that no list expects, and skips what waits for it", () => {
    const run: LocalRun = {
      stacks: [stack],
      applied: new Map([
        ["data", { kind: "failed", error: new TerraformFailed(["aws_kms_key.data: no such operation"]) }],
        ["service", { kind: "skipped", waitedFor: ["data"] }],
      ]),
    };

    expect(failures(run)).toEqual([
      "data: aws_kms_key.data: no such operation (not in src/local/unsupported.json)",
      "service was not applied: it waits for data",
    ]);
  });

  it("on a change of the second plan that no list expects", () => {
    const row = { stack: "data", address: "aws_kms_key.data", type: "aws_kms_key", attributes: ["policy"] };
    const run: LocalRun = {
      stacks: [stack],
      applied,
      tested: { ...quiet, drift: { listed: [], unlisted: [row], stale: [] } },
    };

    expect(failures(run)).toEqual([
      "data: the second plan changes aws_kms_key.data (policy), which is not in src/local/drift.json",
    ]);
  });

  it("on a listed drift that is gone", () => {
    const run: LocalRun = {
      stacks: [stack],
      applied,
      tested: { ...quiet, drift: { listed: [], unlisted: [], stale: ["aws_kms_key.policy"] } },
    };

    expect(failures(run)).toEqual(["aws_kms_key.policy drifts no longer; take it out of src/local/drift.json"]);
  });

  it("on a promise of the service that does not hold", () => {
    const smoke = [{ promise: "a signed delivery is accepted", problem: "status 500 instead of 202" }];
    const run: LocalRun = { stacks: [stack], applied, tested: { ...quiet, smoke } };

    expect(failures(run)).toEqual(["a signed delivery is accepted: status 500 instead of 202"]);
    expect(summary(run, false)).toContain("FAILED  a signed delivery is accepted");
  });

  it("on a promise of the rotation that does not hold", () => {
    const rotation = [{ promise: "none of them was refused", problem: "3 were refused" }];
    const run: LocalRun = { stacks: [stack], applied, tested: { ...quiet, rotation } };

    expect(failures(run)).toEqual(["none of them was refused: 3 were refused"]);
    expect(summary(run, false)).toContain("FAILED  none of them was refused");
  });

  it("on nothing else, and says then that all promises hold", () => {
    const run: LocalRun = { stacks: [stack], applied, tested: quiet };

    expect(failures(run)).toEqual([]);
    expect(summary(run, false)).toMatch(
      /^stack +resources.*\ndata +5 +0 +2 +applied, no change\n[\s\S]*All promises hold\.$/,
    );
  });
});

describe("an emulator that ends in the middle", () => {
  const logFile = join(mkdtempSync(join(tmpdir(), "emulator-")), "log");
  const program = (script: string) =>
    start({
      name: "emulator",
      program: "sh",
      args: ["-c", script, "marked"],
      env: process.env,
      mark: "marked",
      logFile,
    });

  it("is told, with the last lines that it wrote", async () => {
    const { ended } = program("echo out of memory; exit 3");

    expect(await ended).toBe("The emulator ended by itself (exit code 3).\nout of memory");
  });

  it("is ended with the children that it has", async () => {
    const { owned } = program("sleep 60 & sleep 60; true");
    await sleep(100);
    expect(isOurs(owned)).toBe(true);

    await end(owned);

    expect(isOurs(owned)).toBe(false);
  });

  it("ends a Terraform that is running, at once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "terraform-"));
    const binary = join(folder, "terraform");
    writeFileSync(binary, `#!/bin/sh\necho $$ > "${folder}/pid"\nsleep 60\n`);
    chmodSync(binary, 0o755);
    process.env.TERRAFORM_BINARY_NAME = binary;
    const stop = new AbortController();

    const running = terraform({ folder, args: ["apply"], signal: stop.signal });
    await sleep(300);
    stop.abort(new Error("The emulator ended by itself."));

    await expect(running).rejects.toThrow("The emulator ended by itself.");
    delete process.env.TERRAFORM_BINARY_NAME;
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});

describe("what Terraform says", () => {
  const diagnostic = (address: string, summaryText: string) =>
    JSON.stringify({ diagnostic: { severity: "error", summary: summaryText, detail: "Why.\n\nMore.", address } });

  it("is told a line an error, with the address it is about", () => {
    expect(problemsIn(["not json", diagnostic("aws_kms_key.a", "creating key")], [])).toEqual([
      "aws_kms_key.a: creating key: Why.",
    ]);
  });

  it("blames a panic of the provider before the resources that suffered from it", () => {
    expect(problemsIn([diagnostic("aws_vpc.a", "Plugin did not respond")], ["panic: nil pointer"])).toEqual([
      "the provider ended with a panic: nil pointer",
      "aws_vpc.a: Plugin did not respond: Why.",
    ]);
  });
});

describe("the lists of what the emulator cannot do", () => {
  it("name a type once, and the version that was tried", () => {
    const types = unsupported().map(({ type, onlyWith }) => `${type} ${onlyWith ?? ""}`);

    expect(new Set(types).size).toBe(types.length);
    expect(new Set(unsupported().map(({ emulatorVersion }) => emulatorVersion))).toEqual(new Set(["1.5.33"]));
  });
});
