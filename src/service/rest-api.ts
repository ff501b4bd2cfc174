import { ApiGatewayGatewayResponse, ApiGatewayModel, ApiGatewayRequestValidator, ApiGatewayRestApi } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";
import type { Route } from "../limits/routes";
import { ApiMethod } from "./api-method";
import { type ApiDescription, apiOperations, constructId } from "./api-operations";
import { apiResources } from "./api-resources";
import { fingerprint } from "./fingerprint";
import { gatewayResponseConfigs } from "./gateway-responses";
import type { LambdaFunction } from "./lambda-function";
import { modelSchema } from "./model-schema";
import { TokenAuthorizer } from "./token-authorizer";

type Target = Pick<LambdaFunction, "physicalName" | "name" | "aliasInvokeArn">;

export interface RestApiProps {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly description: ApiDescription;
  readonly targets: Readonly<Record<Route["function"], Target>>;
  /** True where callers use a domain of the API's own: AWS's host would lead past what matches its paths. */
  readonly hasOwnDomain: boolean;
  readonly authorizer: { readonly name: string; readonly target: Target; readonly resultTtlSeconds: number };
}

/** A regional REST API with the routes of the table and no others.
 *
 * REST, because HTTP APIs carry no firewall, no request models and no throttle a route by method. Costs 3.50 USD per
 * million requests.
 */
export class RestApi extends Construct {
  readonly resource: ApiGatewayRestApi;
  /** What a deployment copies, and so must wait for. */
  readonly parts: readonly TerraformResource[];
  /** Another text for every change that callers only see after a deployment. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { routes, description, targets } = props;
    const api = new ApiGatewayRestApi(this, "Default", {
      name: props.name,
      endpointConfiguration: { types: ["REGIONAL"] },
      ...(props.hasOwnDomain ? { disableExecuteApiEndpoint: true } : {}),
      lifecycle: { createBeforeDestroy: true },
    });
    const restApiId = api.id;

    const validator = new ApiGatewayRequestValidator(this, "validator", {
      restApiId,
      name: "body-and-parameters",
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const authorizer = new TokenAuthorizer(this, "authorizer", { api, ...props.authorizer });
    const responses = gatewayResponseConfigs.map(
      (response) =>
        new ApiGatewayGatewayResponse(this, `response-${response.responseType.toLowerCase().replaceAll("_", "-")}`, {
          restApiId,
          ...response,
        }),
    );
    const operations = apiOperations(routes, description);
    const models = new Map(
      operations
        .flatMap(({ bodySchema }) => (bodySchema ? [bodySchema] : []))
        .map((name) => [
          name,
          new ApiGatewayModel(this, `model-${constructId(name).slice(1)}`, {
            restApiId,
            name,
            contentType: "application/json",
            schema: JSON.stringify(modelSchema(name, description.components.schemas)),
          }),
        ]),
    );
    const resources = apiResources(
      this,
      api,
      routes.map(({ path }) => path),
    );
    const methods = operations.map((operation) => {
      const { route, bodySchema } = operation;
      const model = bodySchema ? models.get(bodySchema) : undefined;
      return new ApiMethod(this, constructId(route.operationId), {
        api,
        resourceId: resources.get(route.path)?.id ?? api.rootResourceId,
        operation,
        target: targets[route.function],
        validatorId: validator.id,
        authorizerId: authorizer.resource.id,
        ...(model ? { modelName: model.name } : {}),
      });
    });

    this.resource = api;
    this.parts = [
      ...resources.values(),
      ...models.values(),
      ...responses,
      validator,
      authorizer.resource,
      ...methods.flatMap(({ method, integration }) => [method, integration]),
    ];
    const called = [...routes.map((route) => targets[route.function]), props.authorizer.target];
    // That AWS's host is closed, callers see after a deployment only.
    const host = props.hasOwnDomain ? ["own-domain"] : [];
    this.version = fingerprint(this.parts, [routes, called.map(({ physicalName }) => physicalName), ...host]);
  }
}
