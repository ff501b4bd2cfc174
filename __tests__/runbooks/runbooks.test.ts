import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runbookProblems } from "../../src/policy/runbook-check";
import { leadingAlarms, runbookPages, runbooks } from "../../src/policy/runbook-pages";
import { runbookFiles } from "../../src/slo/alarm-row";
import { text } from "../../src/terraform/blocks";
import { type Estate, estateOf, managedResources, type Resource, stackFacts } from "../../src/terraform/estate";
import { example } from "../support/examples";

const root = resolve(__dirname, "../..");
const all = runbooks();

describe("the runbooks", () => {
  it("are those that alarms may name, under their names", () => {
    expect(all.map(({ file }) => file)).toEqual(Object.values(runbookFiles));
    expect(all.map(({ frontMatter }) => frontMatter.id)).toEqual(Object.keys(runbookFiles));
  });

  it.each(all.map((runbook) => [runbook.file, runbook] as const))("%s can be followed", (_, runbook) => {
    expect(runbookProblems(runbook)).toEqual([]);
    expect(runbook.fences.length).toBeGreaterThan(10);
  });

  it("link only to what exists", () => {
    const pages = readdirSync(join(root, "runbooks"));

    const links = pages.flatMap((page) =>
      [...readFileSync(join(root, "runbooks", page), "utf8").matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(
        ([, to]) => `${to}`,
      ),
    );

    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((to) => !existsSync(join(root, "runbooks", to)))).toEqual([]);
  });

  it("speak of no runbook and no scenario that there is not", () => {
    const named = all.flatMap(({ file }) =>
      (readFileSync(join(root, "runbooks", file), "utf8").match(/\b(RB|FS)-\d\d\b/g) ?? []).filter(
        (id) => !(id in runbookFiles),
      ),
    );

    expect(named).toEqual([]);
  });

  it("send nobody to a step of another page that it does not have", () => {
    const references = all.flatMap(({ file, sections }) =>
      [
        ...Object.values(sections)
          .join("\n")
          .matchAll(/\]\((RB-[\w-]+\.md)\), (step|rollback) (\d+)/g),
      ].map(
        ([, to, kind, number]) =>
          ({ from: file, to, heading: kind === "step" ? "Steps" : "Rollback", number }) as const,
      ),
    );

    const lost = references.filter(({ to, heading, number }) => {
      const target = all.find(({ file }) => file === to);
      return !target?.sections[heading].match(new RegExp(`^${number}\\. `, "m"));
    });

    expect(references.length).toBeGreaterThan(2);
    expect(lost).toEqual([]);
  });
});

const alarm = (name: string, runbook: string) => ({
  alarm_name: `acme-production-ticket-${name}`,
  alarm_description: `It happens.\nScenarios: none\nValue: percent of requests\nRunbook: https://x/runbooks/y.md`,
  comparison_operator: "GreaterThanOrEqualToThreshold",
  threshold: 1250,
  tags: { Severity: "ticket", Scenarios: "none", Runbook: runbook },
});

describe("what a page says of its alarms", () => {
  it("is read from the synthesized alarms, each once although two regions hold it", () => {
    const json = {
      resource: {
        aws_cloudwatch_metric_alarm: {
          home: alarm("api-5xx", "RB-07"),
          dr: alarm("api-5xx", "RB-07"),
          age: alarm("queue-age", "RB-14"),
        },
      },
    };

    const alarms = leadingAlarms(estateOf([stackFacts("observability", json)]));

    const common = { severity: "ticket", unit: "percent of requests", comparison: ">=", threshold: 1250 };
    expect(alarms).toEqual([
      { ...common, key: "api-5xx", runbook: "RB-07" },
      { ...common, key: "queue-age", runbook: "RB-14" },
    ]);
  });

  it("is the page it leads to, and the index, and nothing else", () => {
    const pages = runbookPages([
      {
        severity: "ticket",
        key: "api-5xx",
        unit: "percent of requests",
        comparison: ">",
        threshold: 1250,
        runbook: "RB-07",
      },
    ]);
    const page = (id: string) => pages.find(({ path }) => path.startsWith(`runbooks/${id}`))?.text;

    expect(page("RB-07")).toContain(
      "<!-- generated:alarms -->\n| Alarm | Fires at |\n|---|---|\n| `ticket-api-5xx` | > 1,250 percent of requests |\n<!-- /generated -->",
    );
    expect(page("RB-09")).toContain("<!-- generated:alarms -->\nNo alarm leads here by itself.\n<!-- /generated -->");
    expect(page("README")).toContain(
      "| [RB-07 API Gateway 5xx Errors](RB-07-api-gateway-5xx-errors.md) | incident | `api-5xx` | 30 | never |",
    );
    expect(pages.map(({ path }) => path)).toEqual(
      [...Object.values(runbookFiles), "README.md"].map((file) => `runbooks/${file}`),
    );
  });
});

describe("against the synthesized production environment", () => {
  let estate: Estate;
  let resources: Resource[];

  beforeAll(() => {
    estate = example("production").estate;
    resources = managedResources(estate);
  });

  it("every page lists the alarms that lead to it", () => {
    for (const { path, text: expected } of runbookPages(leadingAlarms(estate))) {
      expect(readFileSync(join(root, path), "utf8")).toBe(expected);
    }
  });

  it("every parameter is bound to an address that exists", () => {
    const addresses = all.flatMap(({ frontMatter }) =>
      Object.values(frontMatter.params).flatMap((value) => (value.startsWith("aws_") ? value.split(" ") : [])),
    );

    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter((address) => !resources.some((resource) => resource.address === address))).toEqual([]);
  });

  it("the name that a block gives a parameter is the name of the thing at its address", () => {
    const pairs = all.flatMap(({ file, frontMatter, fences }) =>
      Object.entries(frontMatter.params).flatMap(([name, value]) => {
        const commands = fences.map((fence) => fence.commands).join("\n");
        const [, written] = new RegExp(`^${name}=(\\$PREFIX-\\S+)$`, "m").exec(commands) ?? [];
        if (written === undefined || !value.startsWith("aws_")) return [];
        const pattern = new RegExp(`^${written.replace("$PREFIX", "acme-production").replace("$NOUN", "[a-z-]+")}$`);
        return value.split(" ").map((address) => ({ file, name, address, pattern }));
      }),
    );

    const wrong = pairs.filter(({ address, pattern }) => {
      const found = resources.find((resource) => resource.address === address);
      const given = found && (text(found, "name") ?? text(found, "function_name"));
      return given === undefined || !pattern.test(given);
    });

    expect(pairs.length).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });

  it("every log group that is asked is one that exists", () => {
    const asked = all.flatMap(({ fences }) =>
      fences.flatMap(({ commands }) =>
        [...commands.matchAll(/(?:\/aws\/lambda\/|\/platform\/|aws-waf-logs-)\$PREFIX-[a-z-]+/g)].map(([name]) =>
          name.replace("$PREFIX", "acme-production"),
        ),
      ),
    );
    const groups = managedResources(estate, "aws_cloudwatch_log_group").map(({ attributes }) => attributes.name);

    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !groups.includes(name))).toEqual([]);
  });
});
