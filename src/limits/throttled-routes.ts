import { block, number, text, value } from "../terraform/blocks";
import { type Block, type Estate, managedResources, type Resource } from "../terraform/estate";
import { describe } from "../terraform/resolve";
import { UnreadableError } from "../terraform/unreadable";

/** A route of a REST API as the JSON has it. */
export interface ThrottledRoute {
  readonly address: string;
  readonly method: string;
  /** With its leading slash. */
  readonly path: string;
  /** Name of the function that answers. */
  readonly functionName: string;
  /** Name of the function that lets requests in; absent where nobody is asked. */
  readonly authorizerName?: string;
  /** The route's own limit; absent where it has none, or an unlimited one. */
  readonly limit?: { readonly burst: number; readonly ratePerSecond: number };
}

/** Every route of every REST API, with the limit that its stage gives it.
 *
 * Throws for an integration that is not a function, and for whatever cannot be told before an apply.
 */
export function throttledRoutes(estate: Estate): ThrottledRoute[] {
  const integrations = managedResources(estate, "aws_api_gateway_integration");
  const settings = managedResources(estate, "aws_api_gateway_method_settings");
  return managedResources(estate, "aws_api_gateway_method").map((method): ThrottledRoute => {
    const resource = referenced(method, "resource_id");
    const api = referenced(method, "rest_api_id");
    const httpMethod = required(text(method, "http_method"), method, "http_method");
    const path = pathOf(resource);
    const integration = integrations.find(
      (each) => referenced(each, "resource_id") === resource && text(each, "http_method") === httpMethod,
    );
    const own = settings.find(
      (each) => text(each, "method_path") === `${path.slice(1)}/${httpMethod}` && apiOf(each) === api,
    );
    const authorizerName = authorizerOf(method);
    const limit = own && limitOf(own);
    return {
      address: method.address,
      method: httpMethod,
      path,
      functionName: calledFunction(required(integration, method, "its integration"), "uri"),
      ...(authorizerName ? { authorizerName } : {}),
      ...(limit ? { limit } : {}),
    };
  });
}

/** The API that settings are for; settings of an API that others made name it by its id. */
function apiOf(settings: Resource): Resource | undefined {
  const found = value(settings, "rest_api_id");
  return found?.kind === "reference" ? found.resource : undefined;
}

function limitOf(settings: Resource): ThrottledRoute["limit"] {
  const body = required(block(settings, "settings"), settings, "settings");
  const burst = number(body, "throttling_burst_limit") ?? -1;
  const ratePerSecond = number(body, "throttling_rate_limit") ?? -1;
  // The provider sends -1, which is no limit at all, for what is left out.
  return burst > 0 && ratePerSecond > 0 ? { burst, ratePerSecond } : undefined;
}

function authorizerOf(method: Resource): string | undefined {
  if (value(method, "authorizer_id") === undefined) return undefined;
  return calledFunction(referenced(method, "authorizer_id"), "authorizer_uri");
}

/** Steps from a resource of the API up to its root. */
function pathOf(resource: Resource): string {
  if (resource.type === "aws_api_gateway_rest_api") return "";
  const part = required(text(resource, "path_part"), resource, "path_part");
  return `${pathOf(referenced(resource, "parent_id"))}/${part}`;
}

/** Name of the function that an attribute calls, through an alias or directly. */
export function calledFunction(caller: Block, attribute: string): string {
  const called = referenced(caller, attribute);
  if (called.type !== "aws_lambda_alias" && called.type !== "aws_lambda_function") {
    throw new UnreadableError(`${caller.address}.${attribute}`, `${called.address} is not a function`);
  }
  return required(text(called, "function_name"), called, "function_name");
}

/** The resource that an attribute points at. */
export function referenced(parent: Block, attribute: string): Resource {
  const found = required(value(parent, attribute), parent, attribute);
  if (found.kind === "reference") return found.resource;
  throw new UnreadableError(`${parent.address}.${attribute}`, `it must point at a resource, not be ${describe(found)}`);
}

export function required<T>(found: T | undefined, { address }: Block, what: string): T {
  if (found === undefined) throw new UnreadableError(address, `${what} is missing`);
  return found;
}
