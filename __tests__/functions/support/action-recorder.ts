import { jsonBody, operationOf, type WireRequest } from "./fake-aws";

/** An action of IAM on one resource, with what a policy's condition may look at. */
export interface UsedAction {
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

export interface Account {
  readonly region: string;
  readonly accountId: string;
}

const used = (action: string, resource: string): UsedAction => ({ action, resource, context: {} });

/** What a request on the wire asks of IAM for itself (Service Authorization Reference); throws for one it does not know. */
export function actionsOf(request: WireRequest, account: Account): readonly UsedAction[] {
  const [service = ""] = (request.headers["x-amz-target"] ?? "").split(".");
  const operation = operationOf(request);
  if (service === "secretsmanager") return [used(`secretsmanager:${operation}`, String(jsonBody(request).SecretId))];
  if (service.startsWith("DynamoDB")) return tableActions(operation, jsonBody(request), account);
  if (service === "AmazonSQS") return [used(`sqs:${operation}`, queueArn(String(jsonBody(request).QueueUrl), account))];
  return [restAction(request, account)];
}

function tableActions(operation: string, body: Record<string, unknown>, { region, accountId }: Account): UsedAction[] {
  const arn = (name: unknown) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
  if (operation !== "TransactWriteItems") return [used(`dynamodb:${operation}`, arn(body.TableName))];
  const writes = body.TransactItems as readonly Readonly<Record<string, { readonly TableName: string }>>[];
  return writes.flatMap((write) =>
    Object.entries(write).map(([kind, { TableName }]) => {
      if (kind === "ConditionCheck") return used("dynamodb:ConditionCheckItem", arn(TableName));
      return used(`dynamodb:${kind}Item`, arn(TableName));
    }),
  );
}

function queueArn(url: string, { region }: Account): string {
  const [accountId, name] = new URL(url).pathname.split("/").filter(Boolean);
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}

const objectActions: Readonly<Record<string, string>> = {
  GET: "s3:GetObject",
  PUT: "s3:PutObject",
  DELETE: "s3:DeleteObject",
};

/** Of the services whose operation is a method and a path. */
function restAction({ method, path, headers }: WireRequest, { region, accountId }: Account): UsedAction {
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  if (invoked !== undefined) {
    return used("lambda:InvokeFunction", `arn:aws:lambda:${region}:${accountId}:function:${invoked}`);
  }
  if (/^\/(apikeys|usageplans)(\/|$)/.test(path)) {
    return used(`apigateway:${method}`, `arn:aws:apigateway:${region}::${path}`);
  }
  // Only S3 signs the hash of a body in a header of its own.
  const action = headers["x-amz-content-sha256"] === undefined ? undefined : objectActions[method];
  if (action !== undefined) return used(action, `arn:aws:s3:::${path.slice(1)}`);
  throw new Error(`The recorder does not know which action ${method} ${path} is.`);
}
