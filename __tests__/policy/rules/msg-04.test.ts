import { msg04 } from "../../../src/policy/rules/msg-04-queues-outlast-their-readers";
import type { JsonObject } from "../../../src/terraform/json";
import { type Fragment, found } from "../fragment";

const redrive = (maxReceiveCount: unknown) =>
  JSON.stringify({ deadLetterTargetArn: "${aws_sqs_queue.dead.arn}", maxReceiveCount });
const read = (queue: JsonObject, mapping: JsonObject = {}, more: Fragment = {}) =>
  found(msg04, {
    aws_sqs_queue: { q: { name: "q", redrive_policy: redrive(5), visibility_timeout_seconds: 180, ...queue } },
    aws_lambda_function: { worker: { function_name: "worker", timeout: 30 } },
    aws_lambda_alias: { live: { name: "live", function_name: "${aws_lambda_function.worker.function_name}" } },
    aws_lambda_event_source_mapping: {
      q: {
        event_source_arn: "${aws_sqs_queue.q.arn}",
        function_name: "${aws_lambda_function.worker.function_name}",
        ...mapping,
      },
    },
    ...more,
  });

describe("MSG-04", () => {
  it.each([
    ["outlasts its reader", {}],
    ["says so in texts", { redrive_policy: redrive("5"), visibility_timeout_seconds: "180" }],
    ["does as somebody else says", { redrive_policy: "${var.redrive}", visibility_timeout_seconds: "${var.seconds}" }],
    ["gives up after as many as somebody else says", { redrive_policy: redrive("${var.count}") }],
    ["gives up as a function says", { redrive_policy: '${jsonencode({"maxReceiveCount" = 5})}' }],
  ])("lets a queue be that %s", (_, queue) => {
    expect(read(queue)).toEqual([]);
  });

  it.each([
    [{ redrive_policy: redrive(3) }, "gives a message up after 3 receives."],
    [{ redrive_policy: redrive("1") }, "gives a message up after 1 receives."],
    [{ redrive_policy: null }, "is read by a function and has no dead-letter queue."],
    [{ redrive_policy: "{}" }, "is read by a function and has no dead-letter queue."],
    [{ visibility_timeout_seconds: 179 }, "hides a message for 179 s, where its reader may take 30 s."],
    [{ visibility_timeout_seconds: null }, "hides a message for 30 s, where its reader may take 30 s."],
  ])("finds that a queue with %j %s", (queue, message) => {
    expect(read(queue)).toEqual([`aws_sqs_queue.q ${message}`]);
  });

  it.each([
    ["by ARN", "${aws_lambda_function.worker.arn}"],
    ["by its name", "worker"],
    ["by its ARN and alias", "arn:aws:lambda:us-east-1:111122223333:function:worker:live"],
    ["by alias", "${aws_lambda_alias.live.arn}"],
    ["by alias in a text", "${aws_lambda_function.worker.arn}:live"],
  ])("knows a reader %s", (_, name) => {
    expect(read({ visibility_timeout_seconds: 60 }, { function_name: name })).toHaveLength(1);
  });

  it("knows a queue by its ARN, and judges none that nobody reads", () => {
    const wrong = { visibility_timeout_seconds: 60 };
    expect(read(wrong, { event_source_arn: "arn:aws:sqs:us-east-1:111122223333:q" })).toHaveLength(1);
    expect(read(wrong, { event_source_arn: "arn:aws:sqs:us-east-1:111122223333:other" })).toEqual([]);
  });

  it("reads a redrive policy by itself", () => {
    const separate = (count: number) =>
      read(
        { redrive_policy: null },
        {},
        {
          aws_sqs_queue_redrive_policy: { q: { queue_url: "${aws_sqs_queue.q.id}", redrive_policy: redrive(count) } },
        },
      );
    expect(separate(5)).toEqual([]);
    expect(separate(4)).toEqual(["aws_sqs_queue.q gives a message up after 4 receives."]);
  });

  it("takes 3 s for a function that writes no timeout", () => {
    const quick = { aws_lambda_function: { worker: { function_name: "worker" } } };
    expect(read({ visibility_timeout_seconds: 18 }, {}, quick)).toEqual([]);
    expect(read({ visibility_timeout_seconds: 17 }, {}, quick)).toHaveLength(1);
  });
});
