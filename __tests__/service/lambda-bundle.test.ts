import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { bundle } from "../../src/cli/bundle";
import {
  bundleFunction,
  functionNames,
  type LambdaBundle,
  lambdaCode,
  lambdaHandler,
} from "../../src/service/lambda-bundle";

jest.setTimeout(60_000);

const root = resolve(__dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "bundle-"));
const bundles = new Map<string, LambdaBundle>();

beforeAll(async () => {
  const made = await Promise.all(functionNames().map((name) => bundleFunction(name, join(scratch, "first"))));
  for (const one of made) bundles.set(one.name, one);
});

afterAll(() => rmSync(scratch, { recursive: true }));

const codeOf = ({ path }: { path: string }) =>
  Buffer.from(unzipSync(readFileSync(path))["index.js"] ?? []).toString("utf8");

describe("the bundles", () => {
  it("are one for each folder with a handler", () => {
    expect(functionNames()).toEqual(
      expect.arrayContaining(["authorizer", "probe", "reviewer", "reviews-api", "sync-github-ips", "webhook"]),
    );
    expect(functionNames()).not.toContain("shared");
  });

  it("hold one file, under the name that the function's handler has", () => {
    for (const { path } of bundles.values()) expect(Object.keys(unzipSync(readFileSync(path)))).toEqual(["index.js"]);
    expect(lambdaHandler).toBe("index.handler");
  });

  it("need nothing but Node: the AWS SDK is in them", () => {
    const modules = [...bundles.values()].flatMap((one) =>
      [...codeOf(one).matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name),
    );
    const foreign = modules.filter((name) => !builtinModules.includes(name.replace(/^node:/, "").split("/")[0] ?? ""));

    expect(modules.length).toBeGreaterThan(20);
    // Named in the text of an error only: "You must also register the package by calling …".
    expect([...new Set(foreign)]).toEqual(["@aws-sdk/signature-v4-crt"]);
    expect(codeOf(bundles.get("webhook") ?? { path: "" })).toContain("GetSecretValue");
  });

  it("name no folder of the machine they were made on", () => {
    for (const one of bundles.values()) expect(codeOf(one)).not.toContain(root);
  });

  it("are small: no language packs of zod anywhere, and no zod at all in the authorizer", () => {
    const kilobytes = (name: string) => (bundles.get(name)?.codeBytes ?? Number.POSITIVE_INFINITY) / 1024;
    console.log([...bundles.keys()].map((name) => `${name} ${kilobytes(name).toFixed(1)} KB`).join(", "));

    expect(kilobytes("authorizer")).toBeLessThan(60);
    // Amazon EC2's client keeps the shapes of all its operations in one module, 525 KB that no bundler takes apart.
    for (const name of bundles.keys()) expect(kilobytes(name)).toBeLessThan(name === "sync-github-ips" ? 900 : 800);
    expect(codeOf(bundles.get("authorizer") ?? { path: "" })).not.toContain("ZodError");
    for (const one of bundles.values()) expect(codeOf(one)).not.toContain("Ungültige Eingabe");
  });

  it.each([...functionNames()])("of %s loads and says which variables it lacks", (name) => {
    const file = join(scratch, `${name}.js`);
    writeFileSync(file, codeOf(bundles.get(name) ?? { path: "" }));

    // Uncaught, the error would come after its line of code, which holds half of the bundle.
    const load = "try { require(process.argv[1]); } catch (error) { process.stdout.write(error.message); }";
    const said = execFileSync(process.execPath, ["-e", load, file], { env: {}, stdio: "pipe", encoding: "utf8" });

    expect(said).toMatch(/^Environment variables are not set: POWERTOOLS_SERVICE_NAME, /);
  });
});

describe("the bytes of a bundle", () => {
  const hashes = () => [...bundles.values()].map(({ assetHash }) => assetHash);

  it.each(["Pacific/Kiritimati", "America/Los_Angeles", "UTC"])("are the same in %s", (zone) => {
    const script = `require("./src/service/lambda-bundle").bundleFunction("authorizer", process.argv[1])
      .then(({ assetHash }) => console.log(assetHash, new Date(2026, 0, 1).getTimezoneOffset()))`;
    const output = execFileSync(process.execPath, ["-r", "ts-node/register", "-e", script, join(scratch, "zone")], {
      cwd: root,
      env: { ...process.env, TZ: zone },
      encoding: "utf8",
    });

    const [hash, offsetMinutes] = output.trim().split(" ");
    expect(hash).toBe(bundles.get("authorizer")?.assetHash);
    expect(Number(offsetMinutes)).toBe({ "Pacific/Kiritimati": -840, "America/Los_Angeles": 480, UTC: 0 }[zone]);
  });

  it("are the same at a path with a space", async () => {
    const elsewhere = join(scratch, "a b", "copy");
    mkdirSync(elsewhere, { recursive: true });
    for (const folder of ["functions", "src/limits", "src/security"])
      cpSync(join(root, folder), join(elsewhere, folder), { recursive: true });
    cpSync(join(root, "tsconfig.json"), join(elsewhere, "tsconfig.json"));
    symlinkSync(join(root, "node_modules"), join(elsewhere, "node_modules"));

    const moved = await Promise.all(
      functionNames(elsewhere).map((name) => bundleFunction(name, join(elsewhere, "dist"), elsewhere)),
    );

    expect(moved.map(({ assetHash }) => assetHash)).toEqual(hashes());
  });

  it("change with the code", async () => {
    const elsewhere = join(scratch, "changed");
    mkdirSync(join(elsewhere, "functions/one"), { recursive: true });
    const write = (answer: number) =>
      writeFileSync(join(elsewhere, "functions/one/handler.ts"), `export const handler = () => ${answer};`);
    write(1);
    const before = await bundleFunction("one", elsewhere, elsewhere);
    write(2);

    const after = await bundleFunction("one", elsewhere, elsewhere);

    expect(after.assetHash).not.toBe(before.assetHash);
  });

  it("that cannot be made are an error that names the file", async () => {
    await expect(bundleFunction("missing", scratch)).rejects.toThrow(/functions\/missing\/handler\.ts/);
  });
});

describe("a function's code", () => {
  it("is told by the hash of its zip, in the two spellings that Terraform asks for", () => {
    const { path, assetHash, sourceCodeHash } = lambdaCode("probe", join(scratch, "first"));

    expect(path).toBe(join(scratch, "first", "probe.zip"));
    expect(assetHash).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
    expect(Buffer.from(sourceCodeHash, "base64").toString("hex")).toBe(assetHash);
  });

  it("that is not bundled says what to run", () => {
    expect(() => lambdaCode("probe", join(scratch, "nowhere"))).toThrow(
      "The bundle probe.zip is missing in dist. Run `npm run bundle` before the synthesis.",
    );
  });
});

it("the command writes every bundle, with the same bytes as before, and prints its size and hash", async () => {
  const print = jest.spyOn(console, "log").mockImplementation(() => undefined);

  await bundle().parseAsync(["--out", join(scratch, "command")], { from: "user" });

  const printed = print.mock.calls.map(([line]) => String(line));
  print.mockRestore();
  expect(printed.at(-1)).toContain(`${functionNames().length} bundles in `);
  for (const { name, assetHash } of bundles.values()) {
    expect(printed.some((line) => line.startsWith(`${name} `) && line.endsWith(assetHash) && / KB /.test(line))).toBe(
      true,
    );
    expect(lambdaCode(name, join(scratch, "command")).assetHash).toBe(assetHash);
  }
});
