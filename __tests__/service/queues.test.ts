import { QueueConsumer, WorkQueue } from "../../src/service/work-queue";
import { names, resources, synthesize } from "../support/synthesize";
import { serviceStack } from "./synthesized";

const json = synthesize((stack) => {
  new WorkQueue(stack, "work", {
    names,
    noun: "work",
    kmsKeyArn: "key/messages",
    retentionDays: 4,
    deadLetterRetentionDays: 14,
    visibilityTimeoutSeconds: 60,
    maxReceiveCount: 5,
  });
});
const queue = (name: string) => {
  const found = resources(json, "aws_sqs_queue").find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no queue ${name}.`);
  return found;
};

describe("a queue of work", () => {
  it("sends what fails to its dead-letter queue, which keeps it for longer and takes from no other", () => {
    const [work, failures] = [queue("acme-test-work"), queue("acme-test-work-dlq")];

    expect(JSON.parse(String(work.redrive_policy))).toEqual({
      deadLetterTargetArn: expect.stringMatching(/^\$\{aws_sqs_queue\.work_dead-letters_\w+\.arn\}$/),
      maxReceiveCount: 5,
    });
    expect(JSON.parse(String(failures.redrive_allow_policy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: ["arn:aws:sqs:us-east-1:111122223333:acme-test-work"],
    });
    expect(JSON.parse(String(work.redrive_allow_policy))).toEqual({ redrivePermission: "denyAll" });
    expect([work.message_retention_seconds, failures.message_retention_seconds]).toEqual([345_600, 1_209_600]);
  });

  it("is not read by a function that works on one message at a time: Lambda takes two or more", () => {
    const consumer = (maximumConcurrency: number) => () =>
      synthesize((stack) => {
        new QueueConsumer(stack, "consumer", {
          queueArn: "arn:queue",
          aliasArn: "arn:alias",
          messagesPerInvocation: 1,
          maximumConcurrency,
        });
      });

    expect(consumer(2)).not.toThrow();
    expect(consumer(1)).toThrow("The consumer's concurrency is 1, but Lambda takes 2 to 1,000.");
  });
});

describe("every queue of the service", () => {
  const queues = resources(serviceStack("production"), "aws_sqs_queue");

  it("is encrypted with the key of the messages", () => {
    expect(queues).toHaveLength(11);
    expect(new Set(queues.map(({ kms_master_key_id }) => kms_master_key_id))).toEqual(new Set(["key/messages"]));
  });

  it("refuses everybody who does not come over TLS", () => {
    for (const { name, policy } of queues) {
      expect(JSON.parse(String(policy)).Statement[0]).toEqual({
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["sqs:*"],
        Resource: `arn:aws:sqs:us-east-1:111122223333:${name}`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });
});
