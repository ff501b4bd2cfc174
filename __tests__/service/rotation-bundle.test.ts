import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { bundleFunction } from "../../src/service/lambda-bundle";

const folder = mkdtempSync(join(tmpdir(), "rotation-bundle-"));

afterAll(() => rmSync(folder, { recursive: true }));

it("the bundle that rotates secrets stays within 560,000 bytes, and 165,000 compressed", async () => {
  const { path, codeBytes } = await bundleFunction("rotate-secret", folder);
  const code = unzipSync(readFileSync(path))["index.js"] ?? new Uint8Array();

  expect(code.byteLength).toBe(codeBytes);
  expect(codeBytes).toBeGreaterThan(0);
  expect(codeBytes).toBeLessThanOrEqual(560_000);
  expect(gzipSync(code).byteLength).toBeLessThanOrEqual(165_000);
}, 60_000);
