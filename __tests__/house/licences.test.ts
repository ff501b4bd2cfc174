import { readFileSync } from "node:fs";
import { join } from "node:path";

const lock: { readonly packages: Readonly<Record<string, { readonly license?: string }>> } = JSON.parse(
  readFileSync(join(__dirname, "../../package-lock.json"), "utf8"),
);

describe("the packages in the lock file", () => {
  it("are under no licence that would pass its terms on to a service", () => {
    const entries = Object.entries(lock.packages);
    const demanding = entries.filter(([, { license = "" }]) => /AGPL|SSPL|BUSL/i.test(license));

    expect(entries.length).toBeGreaterThan(500);
    expect(demanding.map(([name]) => name)).toEqual([]);
  });
});
