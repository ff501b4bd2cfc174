import production from "../../environments/production";
import { parseEnvironment } from "../../src/config/load";
import type { Scan, ScannerFinding } from "../../src/policy/scan/scan";
import { verdictOf } from "../../src/policy/scan-check";
import { exceptions } from "../../src/policy/suppressions/exceptions";

const file = "environments/production.ts";
const own = {
  path: "data/reviews-table",
  id: "CKV_AWS_28",
  reason: "A demonstration for tests: this table goes without recovery for a day.",
  owner: "tests",
  expires: "2026-11-25",
};
const finding: ScannerFinding = {
  id: "CKV_AWS_28",
  stack: "data",
  address: "aws_dynamodb_table.reviews-table",
  path: "data/reviews-table/Default",
  message: "Ensure DynamoDB point in time recovery is enabled.",
};
/** The one exception of the platform that is about every construct, so every scan must use it. */
const shortRetention: ScannerFinding = { ...finding, id: "CKV_AWS_338", message: "Ensure logs are kept for a year." };
const scanned = (...findings: ScannerFinding[]): Scan => ({
  ...{ kind: "scanned", tool: "checkov", form: "native", checks: 131 },
  findings: [shortRetention, ...findings],
});
const trivyAbsent: Scan = { kind: "not installed", tool: "trivy" };
/** An environment with this one table, and none of the platform's exceptions in sight. */
const judged = (scans: readonly Scan[], suppressions: (typeof own)[] = [], today = "2026-11-24") =>
  verdictOf(scans, {
    facts: { config: parseEnvironment({ ...production, suppressions }, file), file, today },
    paths: ["data/reviews-table/Default"],
    resources: 1,
  });

describe("the second opinion", () => {
  it("says what a scanner found, where, and that a missing Trivy has said nothing", () => {
    expect(judged([scanned(finding), trivyAbsent])).toEqual({
      looked:
        "1 resource; checkov native: 131 checks; trivy is not installed, so it has said nothing; 1 finding accepted",
      findings: [
        "CKV_AWS_28 (checkov native): data/reviews-table/Default (aws_dynamodb_table.reviews-table) Ensure DynamoDB point in time recovery is enabled.",
      ],
      accepted: ["short-retention-archived: 1 finding"],
    });
  });

  it("is a finding where checkov is not installed, and where a scan failed", () => {
    const { findings, looked } = judged([{ kind: "not installed", tool: "checkov" }, trivyAbsent]);
    const failed = judged([{ kind: "failed", tool: "checkov", form: "plan", reason: "it ran 12 checks" }]);

    expect(looked).toBe(
      "1 resource; no scanner ran; trivy is not installed, so it has said nothing; 0 findings accepted",
    );
    expect(findings).toEqual([
      "checkov is not installed, so it has said nothing; install it with pipx install checkov==3.3.13.",
    ]);
    expect(failed.findings).toEqual(["checkov plan: the scan failed: it ran 12 checks"]);
  });

  it("accepts what the environment accepts, as the rules do", () => {
    expect(judged([scanned(finding)], [own])).toEqual({
      looked: "1 resource; checkov native: 131 checks; 2 findings accepted",
      findings: [],
      accepted: ["short-retention-archived: 1 finding", "environment: 1 finding"],
    });
  });

  it("accepts nothing by a row that has expired, without a word", () => {
    expect(judged([scanned(finding)], [own], "2026-11-26").findings).toEqual([
      "suppression of CKV_AWS_28 at data/reviews-table: it expired on 2026-11-25; mend what it hides, or look at it anew and set another day. Change it in environments/production.ts.",
    ]);
  });

  it("finds a row that hides nothing any more, once the scanner that it is meant for has run", () => {
    const unused =
      "suppression of CKV_AWS_28 at data/reviews-table: it hides nothing any more. Take it out of environments/production.ts.";

    expect(judged([scanned()], [own]).findings).toEqual([unused]);
    expect(judged([trivyAbsent], [own]).findings).toEqual([]);
  });

  it("has a row of the platform for public checks of both scanners", () => {
    const ids = exceptions.flatMap((exception) => exception.ids);

    expect(ids.filter((id) => id.startsWith("CKV")).length).toBeGreaterThan(5);
    expect(ids.filter((id) => id.startsWith("AWS-")).length).toBeGreaterThan(2);
  });
});
