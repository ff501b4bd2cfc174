import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ownershipRows } from "../adopt/ownership-rows";
import * as defaults from "../config/defaults";
import { createNames } from "../config/names";
import { throttleRows } from "../limits/throttle-rows";
import { catalogue } from "../policy/catalogue";
import { roleActionLines } from "../policy/role-action-lines";
import { leadingAlarms, runbookPages } from "../policy/runbook-pages";
import { exceptionRows, policyFigureRows } from "../policy/security-rows";
import { securityRules } from "../policy/security-rules";
import { functionRows } from "../report/function-rows";
import { markdownTable, withGenerated } from "../report/generated";
import { commands, requirements } from "../report/requirements";
import { secretRows } from "../secrets/secret-rows";
import { addressLines } from "../terraform/addresses";
import { firewallTables } from "../waf/firewall-table";
import { environmentSecrets } from "./environment-secrets";
import type { Example } from "./examples";
import { markdown } from "./waf/comment";

const root = resolve(__dirname, "../..");

export interface Page {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** Every file that is generated, or holds a generated part, as it should be. */
export function generatedPages(examples: readonly Example[]): Page[] {
  const production = examples.find(({ name }) => name === "production");
  if (!production) throw new Error("The documents show the environment production; add environments/production.ts.");
  const { organization, environment } = production.config;
  const names = createNames(production.config);
  const functions = markdownTable(functionRows(production.synthesis, `${organization}-${environment}-`));
  const tables = {
    requirements: markdownTable([
      ["Requirement", "What is there", "Where", "What shows it"],
      ...requirements.map(([requirement, holds, folder, command]) => [
        requirement,
        holds,
        `[${folder}](${folder})`,
        `\`${command}\``,
      ]),
    ]),
    promises: markdownTable([["Promise", "Why"], ...catalogue.map(({ promise, why }) => [promise, why])]),
    commands: markdownTable([["Command", "Does"], ...commands.map(([command, does]) => [`\`${command}\``, does])]),
    functions,
    secrets: markdownTable(secretRows(environmentSecrets(production.config), names, defaults.secrets.rotationWindow)),
    policy: markdownTable(policyFigureRows(examples)),
    throttles: markdownTable(throttleRows(production.synthesis.estate)),
    firewalls: firewallTables(production.synthesis.estate).map(markdown).join("\n\n"),
  };
  return [
    {
      path: "__tests__/golden/addresses.txt",
      text: `${examples.flatMap(({ name, synthesis }) => addressLines(name, synthesis)).join("\n")}\n`,
    },
    {
      path: "__tests__/golden/role-actions.txt",
      text: `${examples
        .filter(({ name }) => name === "production" || name === "staging")
        .flatMap(({ synthesis }) => roleActionLines(synthesis.estate))
        .join("\n")}\n`,
    },
    {
      path: "README.md",
      text: Object.entries(tables).reduce((text, [name, table]) => withGenerated(text, name, table), read("README.md")),
    },
    ...runbookPages(leadingAlarms(production.synthesis.estate)),
    {
      path: "docs/adoption.md",
      text: withGenerated(read("docs/adoption.md"), "ownership", markdownTable(ownershipRows())),
    },
    {
      path: "docs/security-rules.md",
      text: withGenerated(
        withGenerated(read("docs/security-rules.md"), "security-rules", markdownTable(securityRuleRows)),
        "exceptions",
        markdownTable(exceptionRows()),
      ),
    },
    { path: "docs/architecture.md", text: withGenerated(read("docs/architecture.md"), "functions", functions) },
  ];
}

const securityRuleRows = [
  ["Id", "Demand", "Why", "Public checks that ask for it"],
  ...securityRules.map(({ id, demand, why, covers }) => [id, demand, why, covers.join(", ")]),
];

const read = (path: string): string => readFileSync(join(root, path), "utf8");
