import type { JsonObject } from "../../src/terraform/json";
import { provider } from "./judged";

export const secret = (over: JsonObject = {}): JsonObject => ({
  aws_secretsmanager_secret: {
    hook: {
      kms_key_id: "arn:aws:kms:us-east-1:111122223333:key/1",
      recovery_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
      ...over,
    },
  },
});
export const ignoringTags = { aws: [{ ...provider.aws[0], ignore_tags: [{ key_prefixes: ["rotation:"] }] }] };
export const rotation = (over: JsonObject = {}, permission: JsonObject = {}): JsonObject => ({
  aws_lambda_function: { rotator: { function_name: "rotator" } },
  aws_lambda_permission: {
    hook: {
      function_name: "${aws_lambda_function.rotator.function_name}",
      principal: "secretsmanager.amazonaws.com",
      source_arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:hook-a1B2c3",
      source_account: "111122223333",
      ...permission,
    },
  },
  aws_secretsmanager_secret_rotation: {
    hook: {
      secret_id: "arn:aws:secretsmanager:us-east-1:111122223333:secret:hook-a1B2c3",
      rotation_lambda_arn: "${aws_lambda_function.rotator.arn}",
      rotate_immediately: false,
      rotation_rules: { schedule_expression: "cron(0 3 1 * ? *)", duration: "2h" },
      depends_on: ["aws_lambda_permission.hook"],
      ...over,
    },
  },
});
/** Random values in the forms that keys have; none was ever in use. */
export const canaries = {
  hex: "9f2c4e71b8d03a65f14c7e9280bd5a3611c6e07fa4d82b95",
  base64: "q7Jx2mWfZ0uR9sKcVb4TtY6hLd1pAo8nEiG3wXkQyMU=",
  base62: "x4Kp9RtW2mBv7QsZ1dYc",
};
export const variable = (text: string): JsonObject => ({
  aws_lambda_function: { worker: { environment: { variables: { SETTING: text } } } },
});
