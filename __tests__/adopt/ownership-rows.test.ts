import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ownershipRows } from "../../src/adopt/ownership-rows";
import { markdownTable, withGenerated } from "../../src/report/generated";

const page = readFileSync(join(resolve(__dirname, "../.."), "docs/adoption.md"), "utf8");
const [head = [], ...rows] = ownershipRows();

it("the page about adoption holds the table as it is", () => {
  expect(page).toBe(withGenerated(page, "ownership", markdownTable(ownershipRows())));
});

it("a row says how a hardening is possible, what is offered and what to look out for", () => {
  expect(head).toEqual(["Service", "Hardening", "Attach with", "Adopt", "Verify by", "Here", "Watch"]);
  expect(rows).toContainEqual([
    "Lambda",
    "reserved concurrency",
    "–",
    "`aws_lambda_function`",
    "`aws_lambda_function`: `reserved_concurrent_executions`",
    "function `reserved-concurrency`: adopt, verify",
    "",
  ]);
  expect(rows).toContainEqual([
    "S3",
    "the bucket policy",
    "`aws_s3_bucket_policy`",
    "–",
    "–",
    "bucket `policy`: attach",
    "replaces the policy that the bucket has; ours refuses plain HTTP and says nothing else",
  ]);
  expect(rows).toContainEqual(["KMS", "key rotation", "–", "`aws_kms_key`", "–", "–", ""]);
});

it("every row has a cell for every column, and none that breaks the table", () => {
  expect(rows.length).toBeGreaterThan(70);
  expect(rows.filter((row) => row.length !== head.length || row.some((cell) => /[|\n]/.test(cell)))).toEqual([]);
});
