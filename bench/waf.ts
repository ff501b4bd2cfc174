import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { decideCase, RequestCase } from "../src/cli/waf/cases";
import { configuredAcl, FirewallConfig } from "../src/cli/waf/configured-acl";

const file = resolve(__dirname, "../__tests__/vectors/waf-requests.json");

/** The most milliseconds that 99 of 100 requests may take. */
const reachMs = 1;
const rounds = 300;

/** Times the evaluator over the requests of the shared vectors that have no history; returns whether it is fast enough. */
export function benchWaf(): boolean {
  const { config, cases }: { config: unknown; cases: unknown[] } = JSON.parse(readFileSync(file, "utf8"));
  const acl = configuredAcl(FirewallConfig.parse(config));
  const requests = cases.map((json) => RequestCase.parse(json)).filter(({ before }) => before.length === 0);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const each of requests) {
      const begun = process.hrtime.bigint();
      decideCase(acl, each);
      times.push(Number(process.hrtime.bigint() - begun) / 1e6);
    }
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  console.log(
    `waf evaluator: ${times.length} requests, median ${at(0.5).toFixed(3)} ms, 99th percentile ${at(0.99).toFixed(3)} ms (at most ${reachMs})`,
  );
  return at(0.99) < reachMs;
}
