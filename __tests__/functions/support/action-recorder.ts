import { isQuery, jsonBody, operationOf, operationOfQuery, type WireRequest } from "./fake-aws";

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
  if (service.startsWith("AWSWAF")) return [used(`wafv2:${operation}`, ipSetArn(jsonBody(request), account))];
  if (service === "AmazonSQS") return [used(`sqs:${operation}`, queueArn(String(jsonBody(request).QueueUrl), account))];
  if (isQuery(request)) return [networkAction(request, account)];
  return [restAction(request, account)];
}

/** Of Amazon EC2: what only describes takes no ARN. */
function networkAction(request: WireRequest, { region, accountId }: Account): UsedAction {
  const { operation, parameters } = operationOfQuery(request);
  const list = parameters.get("PrefixListId");
  return used(`ec2:${operation}`, list ? `arn:aws:ec2:${region}:${accountId}:prefix-list/${list}` : "*");
}

function tableActions(operation: string, body: Record<string, unknown>, { region, accountId }: Account): UsedAction[] {
  const arn = (name: unknown) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
  // A query of an index asks for the index alone.
  if (body.IndexName !== undefined)
    return [used(`dynamodb:${operation}`, arn(`${body.TableName}/index/${body.IndexName}`))];
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

function ipSetArn({ Name, Id, Scope }: Record<string, unknown>, { region, accountId }: Account): string {
  if (Scope !== "REGIONAL") throw new Error(`The recorder does not know the scope ${Scope} of a set.`);
  return `arn:aws:wafv2:${region}:${accountId}:regional/ipset/${Name}/${Id}`;
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
  const modelId = /^\/model\/([^/]+)\/converse$/.exec(path)?.[1];
  if (modelId !== undefined) return modelAction(decodeURIComponent(modelId), region);
  // Only S3 signs the hash of a body in a header of its own.
  const isOfS3 = headers["x-amz-content-sha256"] !== undefined;
  const bucket = method === "HEAD" && isOfS3 ? /^\/([^/]+)\/?$/.exec(path)?.[1] : undefined;
  if (bucket !== undefined) return used("s3:ListBucket", `arn:aws:s3:::${bucket}`);
  const action = isOfS3 ? objectActions[method] : undefined;
  if (action !== undefined) return used(action, `arn:aws:s3:::${path.slice(1)}`);
  throw new Error(`The recorder does not know which action ${method} ${path} is.`);
}

/** Converse asks for the right to invoke the model (Bedrock User Guide, "Prerequisites for model inference"). */
function modelAction(modelId: string, region: string): UsedAction {
  // Through an inference profile a call asks for the profile and for the model in each region that it may choose.
  if (/^(us|eu|apac|global)\./.test(modelId)) {
    throw new Error(`The recorder does not know what a call of ${modelId} asks for.`);
  }
  return used("bedrock:InvokeModel", `arn:aws:bedrock:${region}::foundation-model/${modelId}`);
}
