import * as aws from "@cdktf/provider-aws";
import { App, LocalBackend, TerraformStack } from "cdktf";

/** What the CDKTF templates suggest: the provider by its index. Seven resources in one stack. */
const app = new App({ outdir: process.argv[2] ?? "cdktf.out", stackTraces: false });
const stack = new TerraformStack(app, "small");
new LocalBackend(stack, { path: "small.tfstate" });
new aws.provider.AwsProvider(stack, "aws", { region: "us-east-1" });
const key = new aws.kmsKey.KmsKey(stack, "key", { enableKeyRotation: true });
new aws.snsTopic.SnsTopic(stack, "topic", { kmsMasterKeyId: key.arn });
new aws.sqsQueue.SqsQueue(stack, "queue", { kmsMasterKeyId: key.arn });
new aws.s3Bucket.S3Bucket(stack, "bucket", {});
new aws.cloudwatchLogGroup.CloudwatchLogGroup(stack, "logs", { retentionInDays: 30 });
new aws.dynamodbTable.DynamodbTable(stack, "table", {
  name: "small",
  hashKey: "pk",
  billingMode: "PAY_PER_REQUEST",
  attribute: [{ name: "pk", type: "S" }],
});
new aws.iamRole.IamRole(stack, "role", { assumeRolePolicy: "{}" });
app.synth();
