import { relative, resolve } from "node:path";
import { Command } from "commander";
import { bundleFunction, functionNames } from "../service/lambda-bundle";

const distFolder = resolve(__dirname, "../../dist");

/** `bundle`: builds the zip of every function; prints size of the code, size of the zip and its SHA-256. */
export function bundle(): Command {
  return new Command("bundle")
    .description("build the zip of every Lambda function")
    .option("--out <folder>", "where to write them", distFolder)
    .action(async ({ out }: { out: string }) => {
      const bundles = await Promise.all(functionNames().map((name) => bundleFunction(name, out)));
      for (const { name, codeBytes, zipBytes, assetHash } of bundles) {
        console.log(`${name.padEnd(24)} ${kilobytes(codeBytes)} ${kilobytes(zipBytes)} zipped  ${assetHash}`);
      }
      console.log(`${bundles.length} bundles in ${relative(process.cwd(), out)}`);
    });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1).padStart(8)} KB`;
}
