import { readFileSync } from "node:fs";
import Ajv from "ajv";
import type { SecurityFinding } from "../../src/policy/judge";
import { sarif } from "../../src/policy/sarif";
import { securityRules } from "../../src/policy/security-rules";

/** The schema that OASIS publishes for SARIF 2.1.0. It names draft 4, and uses nothing that draft 7 reads otherwise. */
const {
  $schema: _draft,
  id: _address,
  ...schema
} = JSON.parse(readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
const isValid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const weakness: SecurityFinding = {
  rule: "S3-02",
  stack: "data",
  address: "aws_s3_bucket.ui",
  path: "data/buckets/ui/Default",
  message: "keeps no versions.",
  fix: "Add an aws_s3_bucket_versioning with status Enabled.",
};
const run = (...weaknesses: SecurityFinding[]) =>
  sarif([{ environment: "production", file: "environments/production.ts", weaknesses }], "0.1.0");

describe("the findings as SARIF", () => {
  it("are valid by the published schema of 2.1.0, with findings and without", () => {
    const { path: _path, ...withoutPath } = weakness;

    for (const log of [run(), run(weakness, withoutPath)]) {
      isValid(JSON.parse(JSON.stringify(log)));
      expect(isValid.errors).toBeNull();
    }
  });

  it("would be refused by that schema with a level that SARIF has not", () => {
    const log = JSON.parse(
      JSON.stringify(run(weakness)).replace('"level":"error","message"', '"level":"bad","message"'),
    );

    expect(isValid(log)).toBe(false);
  });

  it("stand at the environment's file, and name the construct, the rule and what to write", () => {
    const [result] = run(weakness).runs[0]?.results ?? [];

    expect(result).toEqual({
      ruleId: "S3-02",
      ruleIndex: securityRules.findIndex(({ id }) => id === "S3-02"),
      level: "error",
      message: {
        text: "data/buckets/ui/Default (aws_s3_bucket.ui) keeps no versions. Add an aws_s3_bucket_versioning with status Enabled.",
      },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "environments/production.ts" }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: "production/data/buckets/ui/Default", kind: "resource" }],
        },
      ],
      partialFingerprints: { "construct/v1": expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
  });

  it("keep their fingerprint from run to run, and two findings have two", () => {
    const marks = (...found: SecurityFinding[]) =>
      run(...found).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints["construct/v1"]);

    expect(marks(weakness)).toEqual(marks({ ...weakness }));
    expect(new Set(marks(weakness, { ...weakness, rule: "S3-03" }, { ...weakness, stack: "edge" })).size).toBe(3);
  });
});
