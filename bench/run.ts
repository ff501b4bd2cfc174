/** What is measured; each prints its figures and returns whether they are within reach. */
const benches: Readonly<Record<string, () => Promise<boolean> | boolean>> = {
  synthesis: () => (require("./synthesis") as typeof import("./synthesis")).benchSynthesis(),
  authorizer: () => (require("./authorizer") as typeof import("./authorizer")).benchAuthorizer(),
  waf: () => (require("./waf") as typeof import("./waf")).benchWaf(),
  webhook: () => (require("./webhook") as typeof import("./webhook")).benchWebhook(),
  policy: () => (require("./policy") as typeof import("./policy")).benchPolicy(),
  rotation: () => (require("./rotation") as typeof import("./rotation")).benchRotation(),
};

/** Runs the named benches, or all. Exits 1 if one misses its reach, 2 if there is none of that name. */
async function bench(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    console.error(`There is no bench ${unknown.join(", ")}; allowed are ${Object.keys(benches).join(", ")}.`);
    process.exitCode = 2;
    return;
  }
  for (const [name, measure] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue;
    if (!(await measure())) process.exitCode = 1;
  }
}

void bench(process.argv.slice(2));
