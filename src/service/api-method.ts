import { ApiGatewayIntegration, ApiGatewayMethod, type ApiGatewayRestApi, LambdaPermission } from "../aws";
import { Construct } from "../cdktf";
import type { ApiOperation } from "./api-operations";
import { type LambdaFunction, liveAlias } from "./lambda-function";

export interface ApiMethodProps {
  readonly api: ApiGatewayRestApi;
  readonly resourceId: string;
  readonly operation: ApiOperation;
  readonly target: Pick<LambdaFunction, "name" | "aliasInvokeArn">;
  readonly validatorId: string;
  /** For operations that need a token. */
  readonly authorizerId: string;
  /** Name of the model of the body. */
  readonly modelName?: string;
}

/** One operation of the API: who may call it, what is refused unread, and the function that answers. */
export class ApiMethod extends Construct {
  readonly method: ApiGatewayMethod;
  readonly integration: ApiGatewayIntegration;

  constructor(scope: Construct, id: string, props: ApiMethodProps) {
    super(scope, id);
    const { api, resourceId, operation, target, modelName } = props;
    const { route, requestParameters } = operation;
    this.method = new ApiGatewayMethod(this, "Default", {
      restApiId: api.id,
      resourceId,
      httpMethod: route.method,
      operationName: route.operationId,
      ...(route.protection === "authorizer"
        ? { authorization: "CUSTOM", authorizerId: props.authorizerId }
        : { authorization: "NONE" }),
      requestValidatorId: props.validatorId,
      ...(Object.keys(requestParameters).length > 0 ? { requestParameters: { ...requestParameters } } : {}),
      // Without `$default`, a request that names another content type would pass unread (API Gateway Developer Guide,
      // "Request validation for REST APIs").
      ...(modelName ? { requestModels: { "application/json": modelName, $default: modelName } } : {}),
    });
    this.integration = new ApiGatewayIntegration(this, "integration", {
      restApiId: api.id,
      resourceId,
      httpMethod: this.method.httpMethod,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: target.aliasInvokeArn,
    });
    new LambdaPermission(this, "permission", {
      action: "lambda:InvokeFunction",
      functionName: target.name,
      qualifier: liveAlias,
      principal: "apigateway.amazonaws.com",
      // Any stage: a responder's test call of the method comes from one that API Gateway makes up.
      sourceArn: `${api.executionArn}/*/${route.method}${route.path.replaceAll(/\{[^}]+\}/g, "*")}`,
    });
  }
}
