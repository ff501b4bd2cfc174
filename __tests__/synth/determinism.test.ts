import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { finish } from "../../src/cli/finish";
import { synthFolder } from "../support/examples";

const root = resolve(__dirname, "../..");
const parts = [
  "main.ts",
  "src",
  "functions",
  "environments",
  "runbooks",
  "package.json",
  "tsconfig.json",
  "cdktf.json",
];

/** Every file below a folder with the hash of its bytes. */
function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex"),
    ]),
  );
}

/** A copy of the project in a folder of its own, with a space in its name. */
function projectIn(name: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), "copy-")), name);
  mkdirSync(folder);
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

const synth = (folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync("node", ["-r", "ts-node/register", "main.ts", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PLATFORM_ENV: "", CDKTF_OUTDIR: "", ...env },
  });

describe("a synthesis", () => {
  const folder = projectIn("my project");
  afterAll(() => rmSync(resolve(folder, ".."), { recursive: true }));

  it("gives the same bytes in another folder and another time zone", () => {
    const { status, stderr } = synth(folder, ["--env", "production"], { TZ: "Pacific/Kiritimati" });

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(hashes(join(folder, "cdktf.out"))).toEqual(hashes(join(synthFolder(), "production")));
  }, 60_000);

  it("writes no path of the machine, and no access key", () => {
    const written = readdirSync(join(synthFolder(), "production"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".json"))
      .map((path) => readFileSync(join(synthFolder(), "production", path), "utf8"))
      .join("\n");

    expect(written).toContain('"bucket": "acme-terraform-state"');
    expect(written).not.toMatch(/"\/(work|home|root|tmp|Users|usr)\//);
    expect(written).not.toContain(root);
    expect(written).not.toMatch(/AKIA[0-9A-Z]{16}|PRIVATE KEY|"secret_string"|"access_key"/);
  });

  it("takes its environment from PLATFORM_ENV where the CDKTF CLI passes no arguments", () => {
    const { status } = synth(folder, [], { PLATFORM_ENV: "local", CDKTF_OUTDIR: "out-local" });

    expect(status).toBe(0);
    expect(hashes(join(folder, "out-local"))).toEqual(hashes(join(synthFolder(), "local")));
  }, 60_000);

  it.each(["brownfield", "staging"])(
    "of %s needs no Terraform, though it imports or keeps its state in the cloud",
    (name) => {
      const { status, stderr } = synth(folder, ["--env", name], {
        CDKTF_OUTDIR: `out-${name}`,
        TERRAFORM_BINARY_NAME: "no-such-terraform",
      });

      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(hashes(join(folder, `out-${name}`))).toEqual(hashes(join(synthFolder(), name)));
    },
    60_000,
  );

  it("through the CDKTF CLI gives the same bytes", () => {
    const cli = join(root, "node_modules/.bin/cdktf");

    const { status, stdout } = spawnSync(cli, ["synth"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PLATFORM_ENV: "production", CDKTF_OUTDIR: "", CI: "true", CHECKPOINT_DISABLE: "1" },
    });

    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(hashes(join(folder, "cdktf.out"))).toEqual(hashes(join(synthFolder(), "production")));
  }, 120_000);

  it("without an environment stops with 2 and names those there are", () => {
    const { status, stderr } = synth(folder, []);

    expect(status).toBe(2);
    expect(stderr).toBe(
      "No environment is chosen; allowed are brownfield, local, production, staging. Choose one by --env NAME or PLATFORM_ENV=NAME.\n",
    );
  }, 60_000);

  it("of a broken environment stops with 2, tells every problem and writes nothing", () => {
    const file = join(folder, "environments/broken.ts");
    writeFileSync(
      file,
      'import production from "./production";\nexport default { ...production, accountId: "12", drRegion: "us-east-1", colour: "red" };\n',
    );

    const { status, stderr } = synth(folder, ["--env", "broken"], { CDKTF_OUTDIR: "out-broken" });

    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toEqual([
      'accountId is "12"; allowed is 12 digits. Set it in environments/broken.ts.',
      "colour is not a known key. Remove or correct it in environments/broken.ts.",
      "drRegion is us-east-1 and so is region. Copies must lie in another region to survive the loss of the first. Set it in environments/broken.ts.",
    ]);
    expect(existsSync(join(folder, "out-broken"))).toBe(false);
  }, 60_000);
});

describe("after a synthesis", () => {
  const outdir = mkdtempSync(join(tmpdir(), "finish-"));
  afterAll(() => rmSync(outdir, { recursive: true }));
  mkdirSync(join(outdir, "stacks/data"), { recursive: true });
  mkdirSync(join(outdir, "stacks/gone"), { recursive: true });
  writeFileSync(
    join(outdir, "manifest.json"),
    JSON.stringify({ stacks: { data: { workingDirectory: "stacks/data" } } }),
  );
  const lock = join(outdir, "lock.hcl");

  it("the folder of a stack that is gone is gone", () => {
    finish(outdir, lock);

    expect(readdirSync(join(outdir, "stacks"))).toEqual(["data"]);
    expect(readdirSync(join(outdir, "stacks/data"))).toEqual([]);
  });

  it("every stack has the provider lock, where there is one", () => {
    writeFileSync(lock, 'provider "registry.terraform.io/hashicorp/aws" {}\n');

    finish(outdir, lock);

    expect(readFileSync(join(outdir, "stacks/data/.terraform.lock.hcl"), "utf8")).toContain("hashicorp/aws");
  });
});
