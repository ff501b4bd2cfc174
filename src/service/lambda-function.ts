import { LambdaFunction as AwsFunction, LambdaAlias, LambdaProvisionedConcurrencyConfig } from "../aws";
import { AssetType, Construct, TerraformAsset } from "../cdktf";
import type { Names } from "../config/names";
import { logArchive } from "../security/log-archive";
import { LogGroup } from "../security/log-group";
import type { PolicyStatement } from "../security/resource-policy";
import type { CodeSigning } from "./code-signing";
import { EncryptedQueue } from "./encrypted-queue";
import { FunctionRole } from "./function-role";
import { type LambdaCode, lambdaHandler } from "./lambda-bundle";
import { type FunctionNetwork, networkStatements, runtimeStatements } from "./runtime-permissions";
import { SignedCode } from "./signed-code";
import type { IdentityStatement } from "./statement";

/** The alias that every caller uses, so that a version can be taken back without touching the callers. */
export const liveAlias = "live";

export interface LambdaFunctionProps {
  readonly names: Names;
  /** Folder in `functions/`; also names the role, the log group and, with `-dlq`, the dead-letter queue. */
  readonly noun: string;
  readonly description: string;
  readonly code: LambdaCode;
  /** What its code must be signed by. @default - none: the zip goes up directly, unsigned */
  readonly signing?: CodeSigning | undefined;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number;
  /** Warm environments on the alias; they come out of the reserved ones and are billed around the clock. 0 is none. */
  readonly provisionedConcurrency: number;
  readonly variables: Readonly<Record<string, string>>;
  /** What its code may do. */
  readonly statements: readonly IdentityStatement[];
  readonly network: FunctionNetwork | "outside-the-vpc";
  readonly keyArns: { readonly functions: string; readonly logs: string; readonly messages: string };
  readonly logRetentionDays: number;
  readonly deadLetterRetentionDays: number;
  /** Services that put events into its dead-letter queue which they could not deliver. */
  readonly deadLetterSenders: readonly PolicyStatement[];
}

/** A function with all that belongs to it alone: role, log group, dead-letter queue, and the alias `live`.
 *
 * Its reserved concurrency is a floor, so that no neighbour starves it, and a ceiling, so that it starves none (FS-04,
 * FS-16). An asynchronous call that fails for good ends in the dead-letter queue instead of nowhere.
 */
export class LambdaFunction extends Construct {
  readonly physicalName: string;
  /** The name as a reference, so that what uses it waits for the function. */
  readonly name: string;
  /** Without version or alias: for Secrets Manager alone. */
  readonly arn: string;
  readonly aliasArn: string;
  /** What API Gateway calls. */
  readonly aliasInvokeArn: string;
  readonly deadLetterQueueArn: string;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { names, noun, code, keyArns } = props;
    const network = props.network === "outside-the-vpc" ? undefined : props.network;
    const { region, accountId } = names.identity;
    const asset = new TerraformAsset(this, "code", {
      path: code.path,
      assetHash: code.assetHash,
      type: AssetType.FILE,
    });
    // Lambda would make the group itself at the first call, without expiry and without key.
    const logs = new LogGroup(this, "logs", {
      name: names.name("function-log-group", noun),
      retentionDays: props.logRetentionDays,
      kmsKeyArn: keyArns.logs,
      archive: logArchive(names),
    });
    const deadLetters = new EncryptedQueue(this, "dead-letters", {
      names,
      noun: `${noun}-dlq`,
      kmsKeyArn: keyArns.messages,
      retentionDays: props.deadLetterRetentionDays,
      allow: props.deadLetterSenders,
    });

    const name = names.name("lambda-function", noun);
    const functionArn = names.arn("lambda-function", noun);
    const role = new FunctionRole(this, "role", {
      name: names.name("iam-role", noun),
      description: `Rights of the function ${name}`,
      accountId,
      statements: [
        ...runtimeStatements({
          region,
          accountId,
          functionArn,
          logGroupArn: names.arn("function-log-group", noun),
          deadLetterQueueArn: deadLetters.arn,
          messagesKeyArn: keyArns.messages,
          functionsKeyArn: keyArns.functions,
        }),
        ...(network ? networkStatements(network, { region, accountId, functionArn }) : []),
        ...props.statements,
      ],
    });

    const fn = new AwsFunction(this, "Default", {
      functionName: name,
      description: props.description,
      role: role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: lambdaHandler,
      ...this.#deployed(asset.path, props),
      publish: true,
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.reservedConcurrency,
      environment: { variables: props.variables },
      kmsKeyArn: keyArns.functions,
      tracingConfig: { mode: "Active" },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logs.name,
        applicationLogLevel: "INFO",
        systemLogLevel: "INFO",
      },
      deadLetterConfig: { targetArn: deadLetters.arn },
      ...(network
        ? { vpcConfig: { subnetIds: [...network.subnetIds], securityGroupIds: [...network.securityGroupIds] } }
        : {}),
      // Lambda tries the dead-letter queue and the subnets with the role's rights when the function is made.
      dependsOn: [role.policy],
    });

    const alias = new LambdaAlias(this, "alias", {
      name: liveAlias,
      functionName: fn.functionName,
      functionVersion: fn.version,
    });
    if (props.provisionedConcurrency > 0) {
      new LambdaProvisionedConcurrencyConfig(this, "provisioned-concurrency", {
        functionName: fn.functionName,
        qualifier: alias.name,
        provisionedConcurrentExecutions: props.provisionedConcurrency,
      });
    }
    this.physicalName = name;
    this.name = fn.functionName;
    this.arn = fn.arn;
    this.aliasArn = alias.arn;
    this.aliasInvokeArn = alias.invokeArn;
    this.deadLetterQueueArn = deadLetters.arn;
  }

  /** How the code comes to Lambda. */
  #deployed(zipPath: string, { signing, noun, code: { sourceCodeHash } }: LambdaFunctionProps) {
    if (signing === undefined) return { filename: zipPath, sourceCodeHash };
    const { key } = new SignedCode(this, "signed-code", { signing, noun, zipPath, sourceCodeHash });
    return { s3Bucket: signing.bucketName, s3Key: key, codeSigningConfigArn: signing.configArn };
  }
}
