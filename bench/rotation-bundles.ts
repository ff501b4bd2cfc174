import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { unzipSync } from "fflate";
import { bundleFunction } from "../src/service/lambda-bundle";

const root = resolve(__dirname, "..");

/** A bundle that can be required from its file. */
export interface MeasuredBundle {
  readonly file: string;
  readonly code: Uint8Array;
}

/** The client with all its commands. */
const sdkAlone = 'export * from "@aws-sdk/client-secrets-manager";';

/** As `src/service/lambda-bundle.ts` bundles, which does not tell what is inside. */
const settings = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  legalComments: "none",
  write: false,
  logLevel: "silent",
  metafile: true,
} as const satisfies BuildOptions;

/** ES modules first, so that only what is used goes in. */
const mainFields = ["module", "main"];

/** The bundle of `functions/rotate-secret` as it is deployed, with the bytes of it that are this project's, and one of
 * the SDK's client alone, whole, as esbuild bundles it where it is told nothing else. */
export async function rotationBundles(
  folder: string,
): Promise<{ readonly rotator: MeasuredBundle & { readonly ownBytes: number }; readonly sdk: MeasuredBundle }> {
  const { path } = await bundleFunction("rotate-secret", folder);
  const code = unzipSync(readFileSync(path))["index.js"];
  if (!code) throw new Error(`There is no index.js in ${path}.`);
  const again = await build({ ...settings, mainFields, entryPoints: ["functions/rotate-secret/handler.ts"] });
  const [output] = Object.values(again.metafile.outputs);
  if (output?.bytes !== code.byteLength) throw new Error("The bench bundles in another way than the deployment.");
  const ownBytes = Object.entries(output.inputs)
    .filter(([input]) => !input.includes("node_modules/"))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  const sdk = await build({ ...settings, stdin: { contents: sdkAlone, resolveDir: root } });
  const [sdkFile] = sdk.outputFiles;
  if (!sdkFile) throw new Error("The SDK alone gave no output.");
  return {
    rotator: { ...written(folder, "rotator.js", code), ownBytes },
    sdk: written(folder, "sdk.js", sdkFile.contents),
  };
}

function written(folder: string, name: string, code: Uint8Array): MeasuredBundle {
  const file = join(folder, name);
  writeFileSync(file, code);
  return { file, code };
}
