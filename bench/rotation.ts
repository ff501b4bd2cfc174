import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { commonVariables, environmentVariables } from "../functions/shared/environment";
import { coldImports } from "./cold-import";
import { rotationBundles } from "./rotation-bundles";
import { median } from "./taking-turns";

/** Variables with which the function loads; what is in them does not matter before a secret is asked for. */
const variables = {
  ...Object.fromEntries([...commonVariables, ...environmentVariables["rotate-secret"]].map((name) => [name, "0"])),
  REGISTRY: JSON.stringify([
    {
      secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:pepper-a1B2c3",
      name: "pepper",
      kind: "generic-random",
      maxAgeDays: 32,
      target: { length: 48, alphabet: "0123456789abcdef" },
    },
  ]),
  POWERTOOLS_LOG_LEVEL: "INFO",
  GITHUB_API_BASE_URL: "https://api.github.com",
  AWS_REGION: "us-east-1",
};

/** Size of the bundle that rotates secrets, and what a cold process pays to load it beside the AWS SDK alone. */
export async function benchRotation(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "bench-rotation-"));
  try {
    const { rotator, sdk } = await rotationBundles(folder);
    const ms = coldImports({ rotator: rotator.file, sdk: sdk.file }, variables);
    const ratio = median(ms.rotator.map((one, turn) => one / (ms.sdk[turn] ?? Number.NaN)));
    const shown = `${median(ms.rotator).toFixed(0)} / ${median(ms.sdk).toFixed(0)} ms`;
    const times = `${shown} in a cold process of Node ${process.versions.node}; `;
    const rows: [what: string, value: number, most: number, shown: string][] = [
      ["bytes, minified", rotator.code.byteLength, 560_000, ""],
      ["bytes, gzip", gzipSync(rotator.code).byteLength, 165_000, ""],
      ["bytes of our own code", rotator.ownBytes, 40_000, ""],
      ["import beside the SDK alone", Number(ratio.toFixed(3)), 1.28, times],
    ];
    for (const [what, value, most, shown] of rows) {
      console.log(`rotation: ${what}: ${value} (${shown}at most ${most}) ${value <= most ? "reached" : "MISSED"}`);
    }
    return rows.every(([, value, most]) => value <= most);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
