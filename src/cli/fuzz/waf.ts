import { ConfigError } from "../../config/load";
import { text } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import { fuzz } from "../../waf/fuzz/fuzz";
import type { FuzzTarget } from "../../waf/fuzz/random-requests";
import { withSenders } from "../../waf/fuzz/senders";
import { readAcls } from "../../waf/read-acl";
import { type Example, synthesizeExample } from "../examples";
import { progress } from "../progress";
import { tableText } from "../table-text";
import { count, type FuzzRun } from "./run";

/** Sends random requests to the API's web ACL of production. */
export const fuzzWaf: FuzzRun = async ({ requests, seed }) => {
  const target = targetOf(await synthesizeExample("production"));
  const told = count(requests);
  const { histogram, passed, reachedLast, problems } = fuzz(target, {
    ...{ requests, seed, onProgress: (done: number) => progress(`${count(done)} of ${told} requests`) },
  });
  const rows = histogram.map((row) => [row.rule, count(row.decided), count(row.counted)]);
  console.log(tableText([["rule", "decided", "counted"], ...rows, ["(none: let through)", count(passed), ""]]));
  const share = ((100 * reachedLast) / requests).toFixed(1);
  console.log(
    `\n${told} requests of seed ${seed} to ${target.acl.name}; ${share} % came to the last rules with a label.`,
  );
  return { problems, passed: "No promise is broken, and every rule has decided or counted." };
};

function targetOf({ name, config, synthesis: { estate } }: Example): FuzzTarget {
  const acl = readAcls(withSenders(estate)).find(({ scope }) => scope === "REGIONAL");
  if (!acl) throw new ConfigError([`The environment ${name} has no web ACL before its API.`]);
  const [stage] = managedResources(estate, "aws_api_gateway_stage");
  // At the host that AWS gives to an API, a path begins with the stage; behind a domain of its own it does not.
  const pathPrefix = config.api || !stage ? "" : `/${text(stage, "stage_name")}`;
  return { acl, pathPrefix, blockedCountries: config.waf.blockedCountries };
}
