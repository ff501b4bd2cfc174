import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { promptClient } from "../shared/aws-client";
import { dispatch } from "../shared/dispatch";
import { readEnvironment } from "../shared/environment";
import type { HttpEvent } from "../shared/http-event";
import { errorFields, powertoolsLog } from "../shared/log";
import { type HttpAnswer, problem } from "../shared/problem";
import { operations } from "./operations";
import { reviewReader } from "./review-reader";

const { REVIEWS_TABLE } = readEnvironment("reviews-api", process.env);
const { log, correlate } = powertoolsLog();
const api = operations(reviewReader(DynamoDBDocumentClient.from(new DynamoDBClient(promptClient)), REVIEWS_TABLE));

/** Serves reviews to signed-in people, and the health of the service to anybody. */
export async function handler(event: HttpEvent): Promise<HttpAnswer> {
  correlate(event.requestContext.requestId);
  try {
    return await dispatch(event, api);
  } catch (error) {
    log.error("request-failed", { route: `${event.httpMethod} ${event.resource}`, ...errorFields(error) });
    return problem(500, "The request could not be answered.");
  }
}
