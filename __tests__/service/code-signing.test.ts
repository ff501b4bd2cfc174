import { S3Object } from "../../src/aws";
import { createNames } from "../../src/config/names";
import { CodeSigning } from "../../src/service/code-signing";
import { SignedCode } from "../../src/service/signed-code";
import { names, only, resources, synthesize } from "../support/synthesize";

const bucket = { bucketName: "acme-artifacts", kmsKeyArn: "key/data" };
const json = synthesize((stack) => {
  const signing = new CodeSigning(stack, "code-signing", { names, ...bucket });
  const code = { signing, noun: "webhook", zipPath: "assets/webhook.zip", sourceCodeHash: "hash of the zip" };
  const { key } = new SignedCode(stack, "webhook", code);
  new S3Object(stack, "reader", { bucket: "elsewhere", key });
});

describe("the signing of code", () => {
  it("has a profile for functions, under a name that no cancelled profile holds", () => {
    const { name, name_prefix, platform_id } = only(json, "aws_signer_signing_profile");

    expect({ name, name_prefix, platform_id }).toEqual({
      name: undefined,
      name_prefix: "acme_test_functions_",
      platform_id: "AWSLambda-SHA384-ECDSA",
    });
  });

  it("leaves the provider 26 of the 64 characters of that name, whatever the environment is called", () => {
    const long = createNames({ ...names.identity, organization: "o".repeat(20), environment: "e-".repeat(10) });
    const { name_prefix } = only(
      synthesize((stack) => {
        new CodeSigning(stack, "code-signing", { names: long, ...bucket });
      }),
      "aws_signer_signing_profile",
    );

    expect(name_prefix).toMatch(/^[a-z0-9_]{38}$/);
  });

  it("refuses code of everybody but this version of the profile", () => {
    const [profile = ""] = Object.keys(json.resource?.aws_signer_signing_profile ?? {});
    const { allowed_publishers, policies } = only(json, "aws_lambda_code_signing_config");

    expect({ allowed_publishers, policies }).toEqual({
      allowed_publishers: {
        signing_profile_version_arns: [`\${aws_signer_signing_profile.${profile}.version_arn}`],
      },
      policies: { untrusted_artifact_on_deployment: "Enforce" },
    });
  });
});

describe("signed code", () => {
  it("goes up under the customer key, and again only where the zip has another hash", () => {
    const upload = resources(json, "aws_s3_object").find((each) => each.bucket === "acme-artifacts");

    expect({ ...upload, "//": undefined }).toEqual({
      bucket: "acme-artifacts",
      key: "code/unsigned/webhook.zip",
      source: "assets/webhook.zip",
      source_hash: "hash of the zip",
      kms_key_id: "key/data",
    });
  });

  it("is signed by the profile, from the very version that went up, to a place of the function's own", () => {
    const [profile = ""] = Object.keys(json.resource?.aws_signer_signing_profile ?? {});
    const [upload = ""] = Object.keys(json.resource?.aws_s3_object ?? {}).filter((label) => label !== "reader");
    const ofUpload = (attribute: string) => `\${aws_s3_object.${upload}.${attribute}}`;

    expect({ ...only(json, "aws_signer_signing_job"), "//": undefined }).toEqual({
      profile_name: `\${aws_signer_signing_profile.${profile}.name}`,
      source: { s3: { bucket: ofUpload("bucket"), key: ofUpload("key"), version: ofUpload("version_id") } },
      destination: { s3: { bucket: "acme-artifacts", prefix: "code/signed/webhook/" } },
    });
  });

  it("is found under the key that the job tells", () => {
    const reader = json.resource?.aws_s3_object?.reader;

    expect(reader?.key).toBe("${aws_signer_signing_job.webhook.signed_object[0].s3[0].key}");
  });
});
