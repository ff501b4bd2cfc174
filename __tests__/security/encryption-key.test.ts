import { EncryptionKey, type EncryptionKeyProps } from "../../src/security/encryption-key";
import { eventDelivery, logDelivery, originAccess } from "../../src/security/key-services";
import { LogGroup } from "../../src/security/log-group";
import type { PolicyStatement } from "../../src/security/resource-policy";
import { only, synthesize } from "../support/synthesize";

const breakGlass = "arn:aws:iam::111122223333:role/break-glass";
const deploy = "arn:aws:iam::111122223333:role/apply";
const owner = { AWS: "arn:aws:iam::111122223333:root" };

const key = (props: Partial<EncryptionKeyProps> = {}) =>
  synthesize((stack) => {
    new EncryptionKey(stack, "data-key", {
      alias: "alias/acme-test-data",
      description: "Tables and buckets",
      accountId: "111122223333",
      deletionDays: 30,
      breakGlassRoleArn: breakGlass,
      deployRoleArn: deploy,
      ...props,
    });
  });

const statements = (props: Partial<EncryptionKeyProps> = {}): PolicyStatement[] =>
  JSON.parse(String(only(key(props), "aws_kms_key").policy)).Statement;

/** The roles that no Deny of the policy stops at this action. */
const exempt = (action: string) =>
  statements()
    .filter(({ Effect, Action }) => Effect === "Deny" && Action.includes(action))
    .map(({ Principal, Condition }) => ({ Principal, Condition }));

describe("a customer key", () => {
  test("rotates, waits before it is deleted and cannot be destroyed by a plan", () => {
    expect(only(key(), "aws_kms_key")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("is found by its alias in the region it was made for", () => {
    const json = key({ region: "us-east-2" });

    expect(only(json, "aws_kms_key").region).toBe("us-east-2");
    expect(only(json, "aws_kms_alias")).toMatchObject({
      region: "us-east-2",
      name: "alias/acme-test-data",
      target_key_id: "${aws_kms_key.data-key.key_id}",
    });
  });

  test("is disabled or ordered to be deleted by break-glass alone", () => {
    const onlyBreakGlass = [
      { Principal: { AWS: "*" }, Condition: { ArnNotEquals: { "aws:PrincipalArn": [breakGlass] } } },
    ];

    expect(exempt("kms:ScheduleKeyDeletion")).toEqual(onlyBreakGlass);
    expect(exempt("kms:DisableKey")).toEqual(onlyBreakGlass);
  });

  test("keeps its policy unless break-glass or the deploy role changes it", () => {
    expect(exempt("kms:PutKeyPolicy")).toEqual([
      { Principal: { AWS: "*" }, Condition: { ArnNotEquals: { "aws:PrincipalArn": [breakGlass, deploy] } } },
    ]);
  });

  test("decrypts nothing for anybody unless a service is named", () => {
    const allowed = statements().filter(({ Effect }) => Effect === "Allow");

    expect(allowed.map(({ Sid, Principal }) => ({ Sid, Principal }))).toEqual([
      { Sid: "Administration", Principal: owner },
    ]);
    for (const action of allowed.flatMap(({ Action }) => Action)) {
      expect(action).not.toMatch(/\*|Decrypt|^kms:Encrypt|DataKey|CreateGrant|Sign/);
    }
  });

  test("is used by roles of the account through the services named, never by calling KMS directly", () => {
    const through = { StringLike: { "kms:ViaService": ["dynamodb.*.amazonaws.com", "s3.*.amazonaws.com"] } };

    const [, use, grant, ...rest] = statements({ useThrough: ["dynamodb", "s3"] });

    expect(use).toMatchObject({ Effect: "Allow", Principal: owner, Condition: through });
    expect(use?.Action).toEqual([
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ]);
    expect(grant).toMatchObject({
      Action: ["kms:CreateGrant"],
      Condition: { ...through, Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
    expect(rest.map(({ Effect }) => Effect)).toEqual(["Deny", "Deny"]);
  });
});

describe("a service that uses a key in its own name", () => {
  test.each([
    [
      "CloudWatch Logs, for the log groups named",
      logDelivery("eu-west-1", ["arn:aws:logs:eu-west-1:111122223333:log-group:/platform/acme-test-*"]),
      {
        Principal: { Service: ["logs.eu-west-1.amazonaws.com"] },
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": [
              "arn:aws:logs:eu-west-1:111122223333:log-group:/platform/acme-test-*",
            ],
          },
        },
      },
    ],
    [
      "EventBridge, for the queues named and without a source, which would drop its events",
      eventDelivery(["arn:aws:sqs:us-east-1:111122223333:acme-test-*"]),
      {
        Principal: { Service: ["events.amazonaws.com"] },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:sqs:arn": ["arn:aws:sqs:us-east-1:111122223333:acme-test-*"] },
        },
      },
    ],
    [
      "CloudFront, for objects of one bucket and distributions of this account",
      originAccess("arn:aws:s3:::acme-test-ui", "111122223333"),
      {
        Principal: { Service: ["cloudfront.amazonaws.com"] },
        Action: ["kms:Decrypt"],
        Condition: {
          StringEquals: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::acme-test-ui" },
          StringLike: { "aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/*" },
        },
      },
    ],
  ])("%s", (_, service, expected) => {
    const [, statement] = statements({ services: [service] });

    expect(statement).toMatchObject({ Effect: "Allow", Resource: "*", ...expected });
  });
});

test("a log group expires, is encrypted and cannot be destroyed by a plan", () => {
  const json = synthesize((stack) => {
    new LogGroup(stack, "flow-logs", {
      name: "/platform/acme-test-flow-logs",
      retentionDays: 30,
      kmsKeyArn: "arn:aws:kms:us-east-2:111122223333:key/1",
      region: "us-east-2",
    });
  });

  expect(only(json, "aws_cloudwatch_log_group")).toEqual({
    name: "/platform/acme-test-flow-logs",
    retention_in_days: 30,
    kms_key_id: "arn:aws:kms:us-east-2:111122223333:key/1",
    region: "us-east-2",
    lifecycle: { prevent_destroy: true },
  });
});
