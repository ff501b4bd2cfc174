type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a resource policy, in AWS's own words. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string | readonly string[] } | { readonly Service: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Condition;
}

export type PolicyCondition = Condition;

/** A resource policy as JSON text; plain text, so that proofs and scanners read it without Terraform. */
export function policyJson(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Everybody. Deny statements only, or with a condition that narrows it. */
export const everybody = { AWS: "*" } as const;

/** The account: its identity policies decide who. The only way to name a role that may not exist yet. */
export const account = (accountId: string) => ({ AWS: `arn:aws:iam::${accountId}:root` });

/** Refuses calls that did not come over TLS, to a bucket and everything in it. */
export const denyPlainHttp = (bucketArn: string): PolicyStatement => ({
  Sid: "DenyPlainHttp",
  Effect: "Deny",
  Principal: everybody,
  Action: ["s3:*"],
  Resource: [bucketArn, `${bucketArn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** Lets S3 write access logs into a bucket. Lists, not single values: scanners know a log bucket by exactly this form. */
export const allowAccessLogs = (bucketArn: string, accountId: string): PolicyStatement => ({
  Sid: "AllowAccessLogs",
  Effect: "Allow",
  Principal: { Service: ["logging.s3.amazonaws.com"] },
  Action: ["s3:PutObject"],
  Resource: [`${bucketArn}/*`],
  Condition: { StringEquals: { "aws:SourceAccount": accountId } },
});

/** True for every caller but these roles; matched by ARN, so a role that is made again under its name still counts. */
export const unlessRole = (...roleArns: readonly string[]): Condition => ({
  ArnNotEquals: { "aws:PrincipalArn": roleArns },
});

/** A role's trust in one AWS service; the condition keeps other accounts' use of that service out. */
export const trustService = (principal: string, accountId: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: [principal] },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  });
