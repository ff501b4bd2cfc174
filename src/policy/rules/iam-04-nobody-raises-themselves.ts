import { actionsAmong, allowances } from "../identity";
import type { SecurityRule } from "../security-rule";

/** Actions by which a role gains rights, makes credentials or opens something to others. */
const escalating: Readonly<Record<string, readonly string[]>> = {
  iam: [
    ...["CreatePolicyVersion", "SetDefaultPolicyVersion", "CreateAccessKey", "UpdateAccessKey", "CreateLoginProfile"],
    ...["UpdateLoginProfile", "AttachUserPolicy", "AttachGroupPolicy", "AttachRolePolicy", "PutUserPolicy"],
    ...["PutGroupPolicy", "PutRolePolicy", "AddUserToGroup", "UpdateAssumeRolePolicy"],
    ...["CreateServiceSpecificCredential", "ResetServiceSpecificCredential"],
    ...["PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"],
  ],
  sts: ["GetFederationToken"],
  kms: ["PutKeyPolicy"],
  s3: [
    ...["PutBucketPolicy", "DeleteBucketPolicy", "PutBucketAcl", "PutObjectAcl", "PutBucketPublicAccessBlock"],
    "BypassGovernanceRetention",
  ],
  lambda: ["AddPermission"],
  sqs: ["AddPermission"],
  sns: ["AddPermission"],
  secretsmanager: ["PutResourcePolicy"],
  ec2: ["GetPasswordData"],
  ecr: ["GetAuthorizationToken"],
  redshift: ["GetClusterCredentials"],
  "rds-db": ["connect"],
};

const escalatingActions = Object.entries(escalating).flatMap(([service, names]) =>
  names.map((name) => `${service}:${name}`),
);

export const iam04: SecurityRule = {
  id: "IAM-04",
  scope: "resource",
  demand: "No identity policy allows an action that raises rights, makes credentials or opens a resource to others.",
  why: "A stolen role with such an action turns itself into an administrator, or lets a stranger in.",
  covers: ["CKV_AWS_107", "CKV_AWS_109", "CKV_AWS_110", "CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_289"],
  *check(look) {
    for (const { at, statement } of allowances(look)) {
      const found = actionsAmong(statement, escalatingActions);
      if (found.length > 0) {
        yield {
          at,
          message: `allows ${found.join(", ")}.`,
          fix: `Take ${found.join(", ")} away; only the role that deploys, which stands outside the estate, needs it.`,
        };
      }
    }
  },
};
