import { S3Object, SignerSigningJob } from "../aws";
import { Construct } from "../cdktf";
import type { CodeSigning } from "./code-signing";

export interface SignedCodeProps {
  readonly signing: CodeSigning;
  /** Noun of the function whose code this is; tells the objects of the functions apart. */
  readonly noun: string;
  /** Path of the zip beside the synthesized JSON. */
  readonly zipPath: string;
  /** SHA-256 of the zip. */
  readonly sourceCodeHash: string;
}

/** Where Lambda finds a function's signed code.
 *
 * The hash of our zip stands at the upload. A function of signed code says none: its zip has the signature in it, so
 * the hash that AWS tells is never that of ours, and every plan would deploy again. A changed zip is a new version, so
 * another job, which writes another key, and that changes the function.
 *
 * The bucket expires both objects together. A plan after that uploads, signs and deploys the same code once more; until
 * then the function runs on, as Lambda has a copy.
 */
export class SignedCode extends Construct {
  /** In the bucket of the signing. */
  readonly key: string;

  constructor(scope: Construct, id: string, props: SignedCodeProps) {
    super(scope, id);
    const { signing, noun } = props;
    const zip = new S3Object(this, "zip", {
      bucket: signing.bucketName,
      key: `code/unsigned/${noun}.zip`,
      source: props.zipPath,
      sourceHash: props.sourceCodeHash,
      kmsKeyId: signing.kmsKeyArn,
    });
    const job = new SignerSigningJob(this, "Default", {
      profileName: signing.profileName,
      source: { s3: { bucket: zip.bucket, key: zip.key, version: zip.versionId } },
      // The job's id follows.
      destination: { s3: { bucket: signing.bucketName, prefix: `code/signed/${noun}/` } },
    });
    this.key = job.signedObject.get(0).s3.get(0).key;
  }
}
