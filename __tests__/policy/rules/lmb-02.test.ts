import { lmb02 } from "../../../src/policy/rules/lmb-02-failed-events-are-kept";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const mapping = (attributes: JsonObject) => found(lmb02, { aws_lambda_event_source_mapping: { reader: attributes } });
const stream = { event_source_arn: "${aws_dynamodb_table.reviews.stream_arn}" };

describe("LMB-02", () => {
  it.each<JsonObject>([
    { dead_letter_config: { target_arn: "${aws_sqs_queue.failed.arn}" } },
    { dead_letter_config: [{ target_arn: "arn:aws:sqs:us-east-1:111122223333:failed" }] },
  ])("lets a function be with %j", (attributes) => {
    expect(found(lmb02, { aws_lambda_function: { worker: attributes } })).toEqual([]);
  });

  it.each<JsonObject>([{}, { dead_letter_config: {} }, { dead_letter_config: [{ target_arn: "" }] }])(
    "finds a function with %j",
    (attributes) => {
      expect(found(lmb02, { aws_lambda_function: { worker: attributes } })).toEqual([
        "aws_lambda_function.worker loses events that fail.",
      ]);
    },
  );

  it.each<JsonObject>([
    { event_source_arn: "arn:aws:sqs:us-east-1:111122223333:reviews" },
    { event_source_arn: "arn:aws:sqs:us-east-1:${var.account}:reviews" },
    { event_source_arn: "${aws_sqs_queue.reviews.arn}" },
    { event_source_arn: "${var.source}" },
    { ...stream, destination_config: { on_failure: { destination_arn: "arn" } } },
    { ...stream, destination_config: [{ on_failure: [{ destination_arn: "arn" }] }] },
  ])("lets a reader be with %j", (attributes) => {
    expect(mapping(attributes)).toEqual([]);
  });

  it.each<JsonObject>([
    stream,
    { event_source_arn: "arn:aws:kinesis:us-east-1:111122223333:stream/reviews" },
    { self_managed_event_source: { endpoints: {} } },
    { ...stream, destination_config: [{}] },
  ])("finds a reader with %j", (attributes) => {
    expect(mapping(attributes)).toEqual(["aws_lambda_event_source_mapping.reader loses records that fail."]);
  });

  it("knows a queue of the estate by a reference", () => {
    const fragment = {
      aws_sqs_queue: { reviews: {} },
      aws_lambda_event_source_mapping: { reader: { event_source_arn: "${aws_sqs_queue.reviews.arn}" } },
    };
    expect(found(lmb02, fragment)).toEqual([]);
  });
});
