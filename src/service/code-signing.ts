import { LambdaCodeSigningConfig, SignerSigningProfile } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";

export interface CodeSigningProps {
  readonly names: Names;
  /** A versioned bucket of this region: AWS Signer reads from S3 only, and a version by its id.
   *
   * No function may write below `code/` in it.
   */
  readonly bucketName: string;
  /** Key of what lies in the bucket. */
  readonly kmsKeyArn: string;
}

/** Lets the functions that take it run code of one signing profile only; `SignedCode` signs by the same profile.
 *
 * Without it, whoever may update a function's code runs his own with the rights of that function (FS-09). With it,
 * Lambda refuses a zip that nobody signed, that was changed since, or whose signature was revoked, and the function
 * keeps running what it has: a deployment fails, no call does. It does not stop who may both sign and deploy. AWS
 * Signer and the check cost nothing; the zips cost cents a month in S3, and an apply takes some seconds more a function.
 */
export class CodeSigning extends Construct {
  readonly bucketName: string;
  readonly kmsKeyArn: string;
  readonly profileName: string;
  /** For `code_signing_config_arn` of a function. */
  readonly configArn: string;

  constructor(scope: Construct, id: string, props: CodeSigningProps) {
    super(scope, id);
    const noun = "functions";
    const profile = new SignerSigningProfile(this, "profile", {
      // A destroyed profile is only cancelled and keeps its name for years (AWS Signer, "CancelSigningProfile"): under
      // a fixed name, signing could not be switched on again. The provider adds what makes this one new.
      namePrefix: `${props.names.name("signing-profile", noun)}_`,
      platformId: "AWSLambda-SHA384-ECDSA",
    });
    const config = new LambdaCodeSigningConfig(this, "Default", {
      description: `Code of the functions of ${props.names.identity.environment}`,
      allowedPublishers: { signingProfileVersionArns: [profile.versionArn] },
      policies: { untrustedArtifactOnDeployment: "Enforce" },
    });
    this.bucketName = props.bucketName;
    this.kmsKeyArn = props.kmsKeyArn;
    this.profileName = profile.name;
    this.configArn = config.arn;
  }
}
