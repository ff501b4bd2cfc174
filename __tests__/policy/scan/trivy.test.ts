import { spawnSync } from "node:child_process";
import { type JoinedRoot, joinedRoot } from "../../../src/policy/scan/joined-root";
import { trivyScan } from "../../../src/policy/scan/trivy";
import { readTrivy } from "../../../src/policy/scan/trivy-report";
import { example } from "../../support/examples";
import { stubTool } from "./stub-tool";

const found = (id: string, status: string, resource: string) => ({
  ...{ ID: id, Title: `About ${id}`, Status: status, Resolution: "Mend it" },
  CauseMetadata: { Resource: resource, Provider: "AWS" },
});

const printed = JSON.stringify({
  SchemaVersion: 2,
  Results: [
    { Target: ".", Class: "config" },
    {
      Target: "main.tf",
      Misconfigurations: [
        found("AVD-AWS-0136", "FAIL", "aws_sns_topic.alerts"),
        found("AWS-0104", "FAIL", "aws_security_group.all.egress[0]"),
        found("AWS-0095", "PASS", ""),
      ],
    },
  ],
});

const root: JoinedRoot = {
  json: { resource: { aws_sns_topic: { alerts: { name: "alerts" } }, aws_security_group: { all: {} } } },
  origins: new Map([
    ["aws_sns_topic.alerts", { stack: "data", address: "aws_sns_topic.alerts", path: "data/alerts" }],
    ["aws_security_group.all", { stack: "network", address: "aws_security_group.all" }],
  ]),
};

describe("what trivy printed", () => {
  it.each([
    [
      "a file could not be parsed, in spite of fifty successes",
      printed,
      '2026-11-24T10:00:00Z\tERROR\t[plan] Failed to parse\tfile="plan.json"',
      /^it logged: .*ERROR/,
    ],
    ["no check ran", '{"Results":[{}]}', "", /^it ran no check$/],
    ["it is not JSON", "", "INFO ok", /^its report has no list of results/],
  ])("is of no use where %s", (_, text, log, reason) => {
    expect(readTrivy(text, log)).toEqual({ kind: "unusable", reason: expect.stringMatching(reason) });
  });
});

describe("a run of trivy", () => {
  const env = { PATH: process.env.PATH };

  it("is never a pass where it is not installed", async () => {
    expect(await trivyScan(root, { TRIVY: "no-such-trivy" })).toEqual({ kind: "not installed", tool: "trivy" });
  });

  it("is a failure where it ends with anything but 0", async () => {
    const TRIVY = stubTool('echo "FATAL unknown flag" >&2; exit 1');

    expect(await trivyScan(root, { ...env, TRIVY })).toEqual({
      ...{ kind: "failed", tool: "trivy", form: "plan" },
      reason: "it ended with exit code 1: FATAL unknown flag",
    });
  });

  it("names findings by resource, and writes ids as the catalogue does", async () => {
    const TRIVY = stubTool(`cat <<'E'\n${printed}\nE`);

    expect(await trivyScan(root, { ...env, TRIVY })).toEqual({
      ...{ kind: "scanned", tool: "trivy", form: "plan", checks: 3 },
      findings: [
        {
          ...{ id: "AWS-0136", stack: "data", address: "aws_sns_topic.alerts", path: "data/alerts" },
          ...{ message: "About AVD-AWS-0136", fix: "Mend it" },
        },
        {
          ...{ id: "AWS-0104", stack: "network", address: "aws_security_group.all" },
          ...{ message: "About AWS-0104", fix: "Mend it" },
        },
      ],
    });
  });
});

const installed = spawnSync(process.env.TRIVY || "trivy", ["--version"]).error === undefined;
if (!installed) console.warn("trivy over the example environments is skipped: it is not installed.");

(installed ? it : it.skip)(
  "trivy itself runs over production as a plan and names every finding by a resource",
  async () => {
    const scan = await trivyScan(joinedRoot(example("production").stacks), process.env);

    const unplaced = scan.kind === "scanned" ? scan.findings.filter(({ stack }) => stack === "unknown") : [];
    expect({ kind: scan.kind, unplaced }).toEqual({ kind: "scanned", unplaced: [] });
  },
  240_000,
);
