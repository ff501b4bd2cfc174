import { readFileSync } from "node:fs";
import { Command } from "commander";
import { ConfigError } from "../config/load";
import { counted } from "../policy/counted";
import { text } from "../terraform/blocks";
import { type Estate, managedResources } from "../terraform/estate";
import { firewallTables } from "../waf/firewall-table";
import { HttpTextError, readHttpText } from "../waf/http-text";
import { managedRules } from "../waf/managed-facts";
import { type Acl, readAcls } from "../waf/read-acl";
import type { WafRequest } from "../waf/request";
import { type Story, story, verdictText } from "../waf/story";
import { type Example, synthesizeExample } from "./examples";
import { tableText } from "./table-text";
import { writeComment } from "./waf/comment";

interface Options {
  readonly env: string;
  readonly acl: "api" | "ui";
  readonly ip: string;
  readonly country?: string;
  readonly hits?: string;
  readonly live?: true;
}

/** Shows what the web ACLs hold and cost or, with a file, which rule decides a request. A verdict is an answer, so it exits 0. */
export function waf(): Command {
  return new Command("waf")
    .description(
      "Shows the web ACLs of an environment with capacity and price; with FILE, which rule decides a request.",
    )
    .argument("[file]", "one request in plain HTTP text: request line, headers, an empty line, the body")
    .option("--env <name>", "the environment", process.env.PLATFORM_ENV ?? "production")
    .option("--acl <name>", "the web ACL that is asked: api or ui", "api")
    .option("--ip <address>", "where the request comes from", "198.51.100.7")
    .option("--country <code>", "its country, ISO 3166; unknown without it")
    .option("--hits <rules>", "managed rules taken to match, as aws-sqli/SQLi_BODY, separated by commas")
    .option("--live", "ask AWS, with your credentials, whether capacities and managed rules are as written here")
    .action(async (file: string | undefined, options: Options) => {
      const request = file === undefined ? undefined : readRequest(file, options);
      const example = await synthesizeExample(options.env);
      if (request !== undefined) return tell(example, request, options);
      show(example);
      if (options.live) await compare(example);
    });
}

function show({ name, synthesis }: Example): void {
  const tables = firewallTables(synthesis.estate);
  for (const { name: acl, scope, rows, summary } of tables) {
    console.log(`${acl} (${scope})\n${tableText(rows, "  ")}\n  ${summary}\n`);
  }
  console.log(`For a pull request: ${writeComment(name, tables)}`);
}

async function compare({ synthesis }: Example): Promise<void> {
  const { liveDifferences }: typeof import("../waf/live/compare") = require("../waf/live/compare");
  const { looked, findings } = await liveDifferences(managedResources(synthesis.estate, "aws_wafv2_web_acl"));
  console.log(`\nAsked AWS: ${looked}`);
  for (const finding of findings) console.log(`  ${finding}`);
  console.log(
    findings.length === 0 ? "  Everything is as written here." : `  ${counted(findings.length, "difference")}.`,
  );
  process.exitCode = findings.length === 0 ? 0 : 1;
}

function tell({ name, synthesis }: Example, request: WafRequest, { acl: noun, hits = "", ip, country }: Options): void {
  const acl = aclOf(readAcls(synthesis.estate), noun);
  const assumed = hits.split(",").filter((hit) => hit !== "");
  refuseStrangeHits(acl, assumed);
  const told = refusingTheUnknown(() => story(acl, request, assumed));
  const { decision } = told;
  console.log(`${request.method} ${request.path} from ${ip} (country ${country ?? "unknown"}), ${name}, ${acl.name}\n`);
  console.log(`It ${verdictText(decision)}.`);
  for (const line of told.why) console.log(`  ${line}`);
  console.log(`\nThe client sees: ${decision.status ?? "what the API answers"}`);
  console.log(`\nRules asked\n${tableText([["priority", "rule", "outcome"], ...told.path], "  ")}`);
  console.log(`\nLabels: ${decision.labels.length === 0 ? "none" : decision.labels.join("\n        ")}`);
  console.log(`Counted: ${decision.counted.length === 0 ? "none" : decision.counted.join(", ")}`);
  printUnpublished(told, assumed);
  const stage = stageInPath(synthesis.estate);
  if (noun === "api" && stage !== undefined && !request.path.startsWith(`/${stage}/`)) {
    console.log(`\nThis API has no domain of its own, so its paths begin with /${stage}: /${stage}${request.path}.`);
  }
}

/** Name of the stage, where callers write it before every path; a domain of the API's own leaves it out. */
function stageInPath(estate: Estate): string | undefined {
  const [stage] = managedResources(estate, "aws_api_gateway_stage");
  const ownDomain = managedResources(estate, "aws_api_gateway_base_path_mapping").length > 0;
  return stage === undefined || ownDomain ? undefined : text(stage, "stage_name");
}

function printUnpublished({ ifManaged }: Story, assumed: readonly string[]): void {
  if (ifManaged.length === 0) return;
  console.log(
    `\nAWS does not publish the patterns of its managed rules; above, ${assumed.length === 0 ? "none" : assumed.join(", ")} of them matched.\nIf all that look at one part of the request matched:`,
  );
  console.log(
    tableText(
      ifManaged.map(([component, verdict]) => [component, `it ${verdict}`]),
      "  ",
    ),
  );
}

function readRequest(file: string, { ip, country }: Options): WafRequest {
  try {
    const parsed = readHttpText(readFileSync(file, "latin1"));
    return { ...parsed, sourceIp: ip, ...(country === undefined ? {} : { country }) };
  } catch (error) {
    if (error instanceof HttpTextError) throw new ConfigError([`${file} is not an HTTP request; ${error.message}.`]);
    throw new ConfigError([`${file} cannot be read: ${(error as Error).message.replace(/\.$/, "")}.`]);
  }
}

function aclOf(acls: readonly Acl[], noun: string): Acl {
  const scopes: Readonly<Record<string, Acl["scope"]>> = { api: "REGIONAL", ui: "CLOUDFRONT" };
  const found = acls.find(({ scope }) => scope === scopes[noun]);
  if (found) return found;
  throw new ConfigError([`--acl is ${noun}; allowed are api and, where the environment has a UI, ui.`]);
}

function refuseStrangeHits(acl: Acl, hits: readonly string[]): void {
  const known = managedRules(acl).map(({ hit }) => hit);
  const strange = hits.filter((hit) => !known.includes(hit));
  if (strange.length > 0)
    throw new ConfigError([`--hits names ${strange.join(", ")}; allowed are ${known.join(", ")}.`]);
}

function refusingTheUnknown<T>(judge: () => T): T {
  try {
    return judge();
  } catch (error) {
    throw new ConfigError([`The request cannot be judged: ${(error as Error).message.replace(/\.$/, "")}.`]);
  }
}
