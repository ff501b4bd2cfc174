import { ApiGatewayAuthorizer, type ApiGatewayRestApi, LambdaPermission } from "../aws";
import { Construct } from "../cdktf";
import { type LambdaFunction, liveAlias } from "./lambda-function";

export interface TokenAuthorizerProps {
  readonly api: ApiGatewayRestApi;
  readonly name: string;
  readonly target: Pick<LambdaFunction, "name" | "aliasInvokeArn">;
  /** An answer is used again for the same token this long, 0 to 3,600; a withdrawn token still works until then. */
  readonly resultTtlSeconds: number;
}

/** Text of a bearer token; anything else is answered 401 without a call. The firewall and the function look for
 * the same form, and a test compares the three. */
const bearerToken = "^[Bb]earer [A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$";

/** Lets a function decide about the token of a request. */
export class TokenAuthorizer extends Construct {
  readonly resource: ApiGatewayAuthorizer;

  constructor(scope: Construct, id: string, { api, name, target, resultTtlSeconds }: TokenAuthorizerProps) {
    super(scope, id);
    this.resource = new ApiGatewayAuthorizer(this, "Default", {
      restApiId: api.id,
      name,
      type: "TOKEN",
      authorizerUri: target.aliasInvokeArn,
      identitySource: "method.request.header.Authorization",
      identityValidationExpression: bearerToken,
      authorizerResultTtlInSeconds: resultTtlSeconds,
    });
    new LambdaPermission(this, "permission", {
      action: "lambda:InvokeFunction",
      functionName: target.name,
      qualifier: liveAlias,
      principal: "apigateway.amazonaws.com",
      sourceArn: `${api.executionArn}/authorizers/${this.resource.id}`,
    });
  }
}
