import { Command } from "commander";
import { ConfigError } from "../config/load";
import { text } from "../terraform/blocks";
import { managedResources } from "../terraform/estate";
import { fuzz as fuzzFirewall } from "../waf/fuzz/fuzz";
import type { FuzzTarget } from "../waf/fuzz/random-requests";
import { withSenders } from "../waf/fuzz/senders";
import { readAcls } from "../waf/read-acl";
import { type Example, synthesizeExample } from "./examples";
import { progress } from "./progress";
import { tableText } from "./table-text";

interface Options {
  readonly requests: number;
  readonly seed: number;
}

/** Looks for what nobody thought of, with random input that a seed repeats. */
export function fuzz(): Command {
  return new Command("fuzz")
    .description("Sends random requests to the API's web ACL of production. Exits 1 if one ends as it must not.")
    .argument("<what>", "what is tried: waf")
    .option("--requests <count>", "how many", wholeNumber, 1_000_000)
    .option("--seed <number>", "the same seed sends the same requests", wholeNumber, 20_260_101)
    .action(async (what: string, { requests, seed }: Options) => {
      if (what !== "waf") throw new ConfigError([`There is no fuzz of ${JSON.stringify(what)}; allowed are waf.`]);
      const target = targetOf(await synthesizeExample("production"));
      const told = count(requests);
      const { histogram, passed, reachedLast, problems } = fuzzFirewall(target, {
        ...{ requests, seed, onProgress: (done: number) => progress(`${count(done)} of ${told} requests`) },
      });
      const rows = histogram.map((row) => [row.rule, count(row.decided), count(row.counted)]);
      console.log(tableText([["rule", "decided", "counted"], ...rows, ["(none: let through)", count(passed), ""]]));
      const share = ((100 * reachedLast) / requests).toFixed(1);
      console.log(
        `\n${told} requests of seed ${seed} to ${target.acl.name}; ${share} % came to the last rules with a label.`,
      );
      for (const problem of problems) console.error(problem);
      if (problems.length === 0) console.log("No promise is broken, and every rule has decided or counted.");
      process.exitCode = problems.length === 0 ? 0 : 1;
    });
}

function targetOf({ name, config, synthesis: { estate } }: Example): FuzzTarget {
  const acl = readAcls(withSenders(estate)).find(({ scope }) => scope === "REGIONAL");
  if (!acl) throw new ConfigError([`The environment ${name} has no web ACL before its API.`]);
  const [stage] = managedResources(estate, "aws_api_gateway_stage");
  // At the host that AWS gives to an API, a path begins with the stage; behind a domain of its own it does not.
  const pathPrefix = config.api || !stage ? "" : `/${text(stage, "stage_name")}`;
  return { acl, pathPrefix, blockedCountries: config.waf.blockedCountries };
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ConfigError([`${JSON.stringify(text)} is not a whole number from 1 to 999999999.`]);
}

const count = (value: number) => value.toLocaleString("en-US");
