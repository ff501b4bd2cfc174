import { Command } from "commander";
import { bundleFunctions } from "../service/lambda-bundle";

/** `bundle`: builds the zip of every function into `dist`. */
export function bundle(): Command {
  return new Command("bundle").description("build the zip of every Lambda function into dist").action(async () => {
    const bundles = await bundleFunctions();
    for (const { name, codeBytes, zipBytes, assetHash } of bundles) {
      console.log(`${name.padEnd(24)} ${kilobytes(codeBytes)} ${kilobytes(zipBytes)} zipped  ${assetHash}`);
    }
    console.log(`${bundles.length} bundles in dist`);
  });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1).padStart(8)} KB`;
}
