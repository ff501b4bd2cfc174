import { rmSync } from "node:fs";
import { join } from "node:path";
import production from "../../environments/production";
import { parseEnvironment } from "../../src/config/load";
import { catalogue } from "../../src/policy/catalogue";
import { judge } from "../../src/policy/judge";
import { findings } from "../../src/policy/rule";
import { securityRules } from "../../src/policy/security-rules";
import { managedResources } from "../../src/terraform/estate";
import { writeModules } from "../../src/terraform/modules";
import type { Synthesis } from "../../src/terraform/read";
import { validate } from "../../src/terraform/terraform-cli";
import { example } from "../support/examples";
import { otherwise } from "../support/otherwise";
import { explain, offlineStacks, scratchFolder, whyTerraformCannotRun } from "../terraform/scratch-root";

const folder = scratchFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const unsigned = example("production");
const { synthesis: signed } = otherwise({ codeSigning: true });

const nouns = [
  "authorizer",
  "probe",
  "redeliver-webhooks",
  "reviewer",
  "reviews-api",
  "rotate-github-app-hook",
  "rotation-auditor",
  "sync-github-ips",
  "webhook",
];
const hashes = ({ estate }: Synthesis, type: string, attribute: string) =>
  managedResources(estate, type).map(({ attributes }) => attributes[attribute]);
/** The addresses with which one synthesis goes beyond another, without CDKTF's hashes. */
const beyond = (one: Synthesis, other: Synthesis) => {
  const known = new Set(managedResources(other.estate).map(({ address }) => address));
  return managedResources(one.estate)
    .filter(({ address }) => !known.has(address))
    .map(({ type, constructPath }) => `${type} ${constructPath}`);
};

describe("code signing", () => {
  it("is off by default: zips go up directly, under the hash that a plan shows", () => {
    expect(parseEnvironment(production, "environments/production.ts").codeSigning).toBe(false);
    for (const { attributes } of managedResources(unsigned.estate, "aws_lambda_function")) {
      expect(Object.keys(attributes)).toEqual(expect.arrayContaining(["filename", "source_code_hash"]));
      expect(Object.keys(attributes).filter((name) => /^s3_|code_signing/.test(name))).toEqual([]);
    }
  });

  it("adds an upload and a job to every function, beside one profile and one config, and takes nothing away", () => {
    const paths = managedResources(signed.estate, "aws_lambda_function").map(({ constructPath = "" }) =>
      constructPath.replace(/\/Default$/, ""),
    );

    expect(paths.map((path) => path.split("/").at(-1)).sort()).toEqual(nouns);
    expect(beyond(signed, unsigned).sort()).toEqual(
      [
        "aws_lambda_code_signing_config service/code-signing/Default",
        "aws_signer_signing_profile service/code-signing/profile",
        ...paths.flatMap((path) => [
          `aws_s3_object ${path}/signed-code/zip`,
          `aws_signer_signing_job ${path}/signed-code/Default`,
        ]),
      ].sort(),
    );
    expect(beyond(unsigned, signed)).toEqual([]);
  });

  it("lets each function take the zip that its own job signed, and says no hash that a signed zip cannot have", () => {
    const jobs = managedResources(signed.estate, "aws_signer_signing_job");
    const [enforcing] = managedResources(signed.estate, "aws_lambda_code_signing_config");

    for (const { constructPath = "", attributes } of managedResources(signed.estate, "aws_lambda_function")) {
      const job = jobs.find((each) => each.constructPath === constructPath.replace(/Default$/, "signed-code/Default"));
      const { s3_bucket, s3_key, code_signing_config_arn, filename, source_code_hash } = attributes;

      expect({ s3_bucket, s3_key, code_signing_config_arn, filename, source_code_hash }).toEqual({
        s3_bucket: "acme-production-artifacts-111122223333",
        s3_key: `\${${job?.address}.signed_object[0].s3[0].key}`,
        code_signing_config_arn: `\${${enforcing?.address}.arn}`,
        filename: undefined,
        source_code_hash: undefined,
      });
    }
  });

  it("keeps the hashes of our zips where a plan shows them: at the uploads", () => {
    expect(hashes(signed, "aws_s3_object", "source_hash").sort()).toEqual(
      hashes(unsigned, "aws_lambda_function", "source_code_hash").sort(),
    );
  });

  it("lets no function write where the code lies", () => {
    const artifacts = "arn:aws:s3:::acme-production-artifacts-111122223333";
    const documents = [...signed.estate.values()].flatMap(({ resources }) =>
      [...resources.values()].filter(
        ({ type, stack }) => type === "aws_iam_policy_document" && stack.name === "service",
      ),
    );
    const named = JSON.stringify(documents.map(({ attributes }) => attributes)).match(/arn:aws:s3:::[^"]+/g);

    expect([...new Set(named)].sort()).toEqual([artifacts, `${artifacts}/deliveries/*`]);
  });

  it("settles the rule of signed code, and weakens nothing else", () => {
    const found = ({ estate }: Synthesis) =>
      judge(securityRules, estate, "estate").map(({ rule, stack, address }) => `${rule} ${stack}/${address}`);

    expect(found(unsigned).filter((finding) => finding.startsWith("LMB-05"))).toHaveLength(nouns.length);
    expect(found(signed)).toEqual(found(unsigned).filter((finding) => !finding.startsWith("LMB-05")));
  });

  it("keeps the promises of the house", () => {
    expect(catalogue.flatMap((rule) => findings(rule, signed.estate))).toEqual([]);
  });
});

const reason = whyTerraformCannotRun(signed);
if (reason) console.warn(`terraform validate is skipped. ${reason}`);

(reason ? it.skip : it)(
  "terraform validate accepts it",
  () => {
    const root = join(folder, "root");
    writeModules(root, offlineStacks(signed));

    expect(explain(validate(root, process.env))).toBe("Terraform ran.");
  },
  120_000,
);
