import { spawnSync } from "node:child_process";
import type { Environment } from "../../../src/config/schema";
import { checkovScans } from "../../../src/policy/scan/checkov";
import { readCheckov } from "../../../src/policy/scan/checkov-report";
import { type JoinedRoot, joinedRoot } from "../../../src/policy/scan/joined-root";
import type { Scan } from "../../../src/policy/scan/scan";
import { scanCheck } from "../../../src/policy/scan-check";
import { example } from "../../support/examples";
import { otherwise } from "../../support/otherwise";
import { stubTool } from "./stub-tool";

const check = (id: string, more = {}) => ({
  check_id: id,
  check_name: `Ensure ${id}`,
  resource: "resource.alerts",
  file_line_range: [4, 6],
  resource_address: null,
  ...more,
});

const passes = (count: number) => Array.from({ length: count }, (_, index) => check(`CKV_AWS_${index}`));

const report = (results: object) =>
  JSON.stringify({
    check_type: "terraform_json",
    results: { passed_checks: passes(100), failed_checks: [], skipped_checks: [], parsing_errors: [], ...results },
    summary: {},
  });

describe("what checkov printed", () => {
  it("counts different checks, and takes a skipped one for a failed one", () => {
    const read = readCheckov(
      report({
        failed_checks: [check("CKV_AWS_0"), check("CKV_AWS_117", { resource_address: "aws_sns_topic.alerts" })],
        skipped_checks: [check("CKV_AWS_26")],
      }),
    );

    const failed = { message: "Ensure CKV_AWS_0", resource: "resource.alerts", lines: [4, 6] };
    expect(read).toEqual({
      kind: "read",
      checks: 101,
      failed: [
        { ...failed, id: "CKV_AWS_0" },
        { ...failed, id: "CKV_AWS_117", message: "Ensure CKV_AWS_117", address: "aws_sns_topic.alerts" },
        { ...failed, id: "CKV_AWS_26", message: "Ensure CKV_AWS_26" },
      ],
    });
  });

  it.each([
    ["nothing", "", "what it printed is not JSON"],
    ["no report, as under the wrong framework", '{"passed": 0, "failed": 0}', /^its report has no list of checks/],
    [
      "too few different checks",
      report({ passed_checks: [...passes(99), ...passes(99)] }),
      /^it ran 99 different checks/,
    ],
    ["a file it could not parse", report({ parsing_errors: ["main.tf.json"] }), "it could not parse main.tf.json"],
  ])("is of no use where it is %s", (_, text, reason) => {
    expect(readCheckov(text)).toEqual({
      kind: "unusable",
      reason: typeof reason === "string" ? reason : expect.stringMatching(reason),
    });
  });
});

const topic: JoinedRoot = {
  json: { resource: { aws_sns_topic: { alerts: { name: "alerts" } } } },
  origins: new Map([["aws_sns_topic.alerts", { stack: "data", address: "aws_sns_topic.alerts", path: "data/alerts" }]]),
};

describe("a run of checkov", () => {
  const env = { PATH: process.env.PATH };
  const printing = (results: object) => stubTool(`cat <<'E'\n${report(results)}\nE\nexit 1`);

  it("is never a pass where it is not installed", async () => {
    const CHECKOV = "no-such-checkov";

    expect(await checkovScans(topic, { CHECKOV })).toEqual([{ kind: "not installed", tool: "checkov" }]);
    const reason = "it is not installed, and REQUIRE_CHECKOV=1 demands it";
    expect(await checkovScans(topic, { CHECKOV, REQUIRE_CHECKOV: "1" })).toEqual([
      { kind: "failed", tool: "checkov", form: "native", reason },
      { kind: "failed", tool: "checkov", form: "plan", reason },
    ]);
  });

  it("is a failure where it crashed, with what it said last", async () => {
    const CHECKOV = stubTool('echo "Traceback" >&2; echo "Exception: this method receives only dicts" >&2; exit 2');
    const reason = "it ended with exit code 2: Exception: this method receives only dicts";

    expect(await checkovScans(topic, { ...env, CHECKOV })).toEqual([
      { kind: "failed", tool: "checkov", form: "native", reason },
      { kind: "failed", tool: "checkov", form: "plan", reason },
    ]);
  });

  it("names native findings by their lines and those of a plan by address", async () => {
    const failed = check("CKV_AWS_26", { resource_address: "aws_sns_topic.alerts" });
    const CHECKOV = printing({ failed_checks: [failed] });

    const finding = {
      id: "CKV_AWS_26",
      stack: "data",
      address: "aws_sns_topic.alerts",
      path: "data/alerts",
      message: "Ensure CKV_AWS_26",
    };
    expect(await checkovScans(topic, { ...env, CHECKOV })).toEqual([
      { kind: "scanned", tool: "checkov", form: "native", checks: 100, findings: [finding] },
      { kind: "scanned", tool: "checkov", form: "plan", checks: 100, findings: [finding] },
    ]);
  });

  it("sees both forms, each under its framework, and no setting of the user", async () => {
    const CHECKOV = stubTool('echo "$* $(ls) ${CKV_SKIP_CHECK-unset} ${BC_API_KEY-unset} $HOME" >&2; exit 3');
    const scans = await checkovScans(topic, {
      ...env,
      CHECKOV,
      CKV_SKIP_CHECK: "CKV_AWS_26",
      BC_API_KEY: "k",
      HOME: "/h",
    });

    const always = "--output json --compact --skip-download --download-external-modules false";
    expect(scans.map((scan) => scan.kind === "failed" && scan.reason.replace(/ \S*checkov-\w+\//, " "))).toEqual([
      `it ended with exit code 3: --framework terraform_json --directory . ${always} main.tf.json unset unset native`,
      `it ended with exit code 3: --framework terraform_plan --file plan.json ${always} plan.json unset unset plan`,
    ]);
  });
});

const installed = spawnSync(process.env.CHECKOV || "checkov", ["--version"]).error === undefined;
const isDemanded = process.env.REQUIRE_CHECKOV === "1";
if (!installed && !isDemanded) {
  console.warn("checkov over the example environments is skipped: it is not installed. .ci/checkov installs it.");
}

(installed || isDemanded ? describe : describe.skip)("checkov itself", () => {
  it("runs over all stacks of production and names every finding by a construct", async () => {
    const scans = await checkovScans(joinedRoot(example("production").stacks), process.env);

    expect(scans.map(outline)).toEqual([
      { form: "native", enough: true, withoutPath: [] },
      { form: "plan", enough: true, withoutPath: [] },
    ]);
  }, 240_000);

  it.each<[string, Partial<Environment>]>([
    ["with a NAT gateway in each zone", { network: { natGateways: "per-zone" } }],
    [
      "that reaches GitHub's addresses alone and signs its code",
      { network: { egress: "prefix-lists" }, codeSigning: true },
    ],
  ])(
    "finds nothing that is not accepted in production %s",
    async (_, over) => {
      const { config, synthesis } = otherwise(over);
      const facts = { config, file: "environments/production.ts", today: "2026-11-24" };

      const { findings, looked } = await scanCheck(synthesis, facts, process.env);

      expect(findings).toEqual([]);
      expect(looked).toMatch(/checkov native: \d{3} checks, checkov plan: \d{3} checks/);
    },
    240_000,
  );

  it("takes what it would stop at, once normalised", async () => {
    const json = {
      terraform: { required_version: ">= 1.5" },
      provider: { aws: { region: "us-east-1" } },
      resource: { aws_sns_topic: { alerts: { name: "alerts" } } },
      moved: [{ from: "aws_sns_topic.old", to: "aws_sns_topic.alerts" }],
      import: [{ id: "alerts", to: "aws_sns_topic.alerts" }],
    };
    const scans = await checkovScans(joinedRoot([{ name: "data", json }]), process.env);

    expect(scans.map((scan) => scan.kind === "failed" && scan.reason)).toEqual([
      expect.stringMatching(/^it ran \d+ different checks; at least 100 are expected$/),
      expect.stringMatching(/^it ran \d+ different checks; at least 100 are expected$/),
    ]);
  }, 240_000);
});

const outline = (scan: Scan) =>
  scan.kind === "scanned"
    ? {
        form: scan.form,
        enough: scan.checks >= 100,
        withoutPath: scan.findings.filter(({ path }) => path === undefined),
      }
    : scan;
