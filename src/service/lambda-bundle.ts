import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { zipSync } from "fflate";

const projectRoot = resolve(__dirname, "../..");

/** A function's code as the synthesized JSON needs it. */
export interface LambdaCode {
  readonly path: string;
  /** SHA-256 of the zip in hex. */
  readonly assetHash: string;
  /** SHA-256 of the zip in base64, as `source_code_hash` takes it. */
  readonly sourceCodeHash: string;
}

/** What bundling a function gave. */
export interface LambdaBundle extends LambdaCode {
  readonly name: string;
  /** Bytes of the code before it is compressed. */
  readonly codeBytes: number;
  readonly zipBytes: number;
}

/** Name of the handler in every bundle, for `handler` of `aws_lambda_function`. */
export const lambdaHandler = "index.handler";

/** Folders of `functions/` that hold a handler, in order of their names. */
export function functionNames(root: string = projectRoot): readonly string[] {
  const folder = join(root, "functions");
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "handler.ts")))
    .sort();
}

/** Bundles `functions/<name>/handler.ts` with all it imports and writes `<outFolder>/<name>.zip`.
 *
 * The AWS SDK goes in too: the one of the Lambda runtime changes without notice. The zip has the same bytes on every
 * machine, in every time zone and at every path, so an unchanged function is not deployed again.
 */
export async function bundleFunction(
  name: string,
  outFolder: string,
  root: string = projectRoot,
): Promise<LambdaBundle> {
  const code = await bundledCode(name, root);
  // fflate writes local time: a date made of local parts gives the same bytes in every time zone.
  const attributes = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16, level: 9 } as const;
  const zip = zipSync({ "index.js": [code, attributes] });
  mkdirSync(outFolder, { recursive: true });
  const path = join(outFolder, `${name}.zip`);
  writeFileSync(path, zip);
  return { name, path, ...hashes(zip), codeBytes: code.byteLength, zipBytes: zip.byteLength };
}

/** Bundles every function into `dist`, side by side. */
export function bundleFunctions(): Promise<LambdaBundle[]> {
  return Promise.all(functionNames().map((name) => bundleFunction(name, join(projectRoot, "dist"))));
}

/** Code of a bundled function; throws where it has not been bundled. */
export function lambdaCode(name: string, folder: string = join(projectRoot, "dist")): LambdaCode {
  const path = join(folder, `${name}.zip`);
  if (!existsSync(path)) {
    throw new Error(`The bundle ${name}.zip is missing in dist. Run \`npm run bundle\` before the synthesis.`);
  }
  return { path, ...hashes(readFileSync(path)) };
}

async function bundledCode(name: string, root: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/handler.ts`],
    bundle: true,
    minify: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    legalComments: "none",
    // ES modules first: only what is used of them goes in.
    mainFields: ["module", "main"],
    write: false,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`functions/${name}/handler.ts gave no output.`);
  return file.contents;
}

function hashes(zip: Uint8Array): { readonly assetHash: string; readonly sourceCodeHash: string } {
  const digest = createHash("sha256").update(zip).digest();
  return { assetHash: digest.toString("hex"), sourceCodeHash: digest.toString("base64") };
}
