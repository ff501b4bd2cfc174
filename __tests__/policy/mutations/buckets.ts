import type { Mutation } from "./mutation";
import { changeStatement, changeStatements, within, withinWhere } from "./stack-changes";

const artifacts = "data/buckets/artifacts";
const policy = ["aws_s3_bucket_policy", `${artifacts}/policy`] as const;
const replication = ["aws_s3_bucket_replication_configuration", "data/artifacts-replication"] as const;
const lock = ["aws_s3_bucket_object_lock_configuration", "compliance/evidence/lock"] as const;

export const bucketMutations: readonly Mutation[] = [
  {
    rule: "S3-01",
    what: "a public policy would be obeyed",
    change({ at }) {
      at("aws_s3_bucket_public_access_block", `${artifacts}/public-access`).restrict_public_buckets = false;
    },
  },
  {
    rule: "S3-01",
    what: "ACLs count",
    change({ at }) {
      const ownership = at("aws_s3_bucket_ownership_controls", `${artifacts}/ownership`);
      within(ownership, "rule").object_ownership = "ObjectWriter";
    },
  },
  {
    rule: "S3-01",
    what: "a bucket has a public ACL",
    change({ add }) {
      add("data", "aws_s3_bucket_acl", { bucket: "acme-production-artifacts-111122223333", acl: "public-read" });
    },
  },
  {
    rule: "S3-02",
    what: "a bucket stops keeping versions",
    change({ at }) {
      const versioning = at("aws_s3_bucket_versioning", `${artifacts}/versioning`);
      within(versioning, "versioning_configuration").status = "Suspended";
    },
  },
  {
    rule: "S3-03",
    what: "a bucket is encrypted with the key of S3",
    change({ at }) {
      const encryption = at("aws_s3_bucket_server_side_encryption_configuration", `${artifacts}/encryption`);
      within(encryption, "rule", "apply_server_side_encryption_by_default").sse_algorithm = "AES256";
    },
  },
  {
    rule: "S3-03",
    what: "a bucket is encrypted with the key that AWS keeps",
    change({ at }) {
      const encryption = at("aws_s3_bucket_server_side_encryption_configuration", `${artifacts}/encryption`);
      within(encryption, "rule", "apply_server_side_encryption_by_default").kms_master_key_id = "alias/aws/s3";
    },
  },
  {
    rule: "S3-04",
    what: "nobody can tell who read a bucket",
    change({ remove }) {
      remove("aws_s3_bucket_logging", `${artifacts}/access-logs`);
    },
  },
  {
    rule: "S3-05",
    what: "unfinished uploads stay for ever",
    change({ at }) {
      const lifecycle = at("aws_s3_bucket_lifecycle_configuration", `${artifacts}/expiry`);
      delete withinWhere(lifecycle, "rule", ({ id }) => id === "abort-uploads").abort_incomplete_multipart_upload;
    },
  },
  {
    rule: "S3-05",
    what: "unfinished uploads end under one prefix only",
    change({ at }) {
      const lifecycle = at("aws_s3_bucket_lifecycle_configuration", `${artifacts}/expiry`);
      within(
        withinWhere(lifecycle, "rule", ({ id }) => id === "abort-uploads"),
        "filter",
      ).prefix = "deliveries/";
    },
  },
  {
    rule: "S3-06",
    what: "the replication is off",
    change({ at }) {
      within(at(...replication), "rule").status = "Disabled";
    },
  },
  {
    rule: "S3-06",
    what: "a replica has no key of ours",
    change({ at }) {
      delete within(at(...replication), "rule", "destination").encryption_configuration;
    },
  },
  {
    rule: "S3-07",
    what: "a bucket takes plain HTTP for its objects",
    change({ at }) {
      changeStatement(at(...policy), "policy", "DenyPlainHttp", (statement) => {
        if (Array.isArray(statement.Resource)) statement.Resource.pop();
      });
    },
  },
  {
    rule: "S3-08",
    what: "the lock of evidence has no mode",
    change({ at }) {
      delete within(at(...lock), "rule", "default_retention").mode;
    },
  },
  {
    rule: "S3-08",
    what: "the copy of the logs may lock objects, but does not",
    change({ remove }) {
      remove("aws_s3_bucket_object_lock_configuration", "compliance/log-archive-dr/lock");
    },
  },
  {
    rule: "S3-09",
    what: "everybody may read a bucket",
    change({ at }) {
      changeStatements(at(...policy), "policy", (statements) => {
        const Resource = "arn:aws:s3:::acme-production-artifacts-111122223333/*";
        statements.push({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource });
      });
    },
  },
  {
    rule: "S3-09",
    what: "an organization may read a bucket, and so may whoever has none",
    change({ at }) {
      changeStatements(at(...policy), "policy", (statements) => {
        const Condition = { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-acme" } };
        const Resource = "arn:aws:s3:::acme-production-artifacts-111122223333/*";
        statements.push({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource, Condition });
      });
    },
  },
  {
    rule: "S3-09",
    what: "nobody can ever change a policy again",
    change({ at }) {
      changeStatements(at(...policy), "policy", (statements) => {
        const Resource = "arn:aws:s3:::acme-production-artifacts-111122223333";
        statements.push({ Effect: "Deny", Principal: "*", Action: "s3:Put*", Resource });
      });
    },
  },
];
