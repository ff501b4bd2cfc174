import {
  DataAwsApiGatewayRestApi,
  DataAwsCloudwatchLogGroup,
  DataAwsDynamodbTable,
  DataAwsLambdaFunction,
  DataAwsSecretsmanagerSecretRotation,
} from "../aws";
import type { Construct } from "../cdktf";
import type { ExistingThing } from "../config/existing";
import { postconditions } from "./postconditions";
import { unbuilt } from "./unbuilt";

/** Reads a thing and stops the plan where it is not as promised. Changes nothing and owns nothing. */
export function verify(scope: Construct, id: string, thing: ExistingThing): void {
  const lifecycle = { postcondition: postconditions(thing) };
  switch (thing.kind) {
    case "rest-api":
      new DataAwsApiGatewayRestApi(scope, id, { name: thing.name, lifecycle });
      break;
    case "function":
      new DataAwsLambdaFunction(scope, id, { functionName: thing.name, lifecycle });
      break;
    case "table":
      new DataAwsDynamodbTable(scope, id, { name: thing.name, lifecycle });
      break;
    case "secret":
      new DataAwsSecretsmanagerSecretRotation(scope, id, { secretId: thing.arn, lifecycle });
      break;
    case "log-group":
      new DataAwsCloudwatchLogGroup(scope, id, { name: thing.name, lifecycle });
      break;
    case "bucket":
      throw unbuilt(thing);
  }
}
