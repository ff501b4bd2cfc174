import type { Route } from "../limits/routes";
import type { Schema } from "./model-schema";

/** The parts of an OpenAPI document that API Gateway enforces. */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiDescriptionOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface ApiDescriptionOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> };
}

export interface ApiOperation {
  readonly route: Route;
  /** Parameters that must be there, as API Gateway names them. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Schema of the body, for operations that take one. */
  readonly bodySchema?: string;
}

const locations: Readonly<Record<string, string>> = { path: "path", query: "querystring" };

/** Routes with what the API's document demands of their requests; throws where the two disagree.
 *
 * Required headers are left to the function: a delivery without its signature is answered 401 there, and would be a 400
 * here.
 */
export function apiOperations(routes: readonly Route[], { paths }: ApiDescription): ApiOperation[] {
  return routes.map((route) => {
    const described = paths[route.path]?.[route.method.toLowerCase()];
    if (described?.operationId !== route.operationId) {
      throw new Error(
        `functions/openapi.json has ${described?.operationId ?? "nothing"} at ${route.method} ${route.path}, but src/limits/routes.ts has ${route.operationId}.`,
      );
    }
    const bodySchema = described.requestBody?.content["application/json"]?.schema.$ref.split("/").at(-1);
    const required = (described.parameters ?? []).flatMap(({ name, in: place, required }) => {
      const location = locations[place];
      return required && location ? [[`method.request.${location}.${name}`, true] as const] : [];
    });
    return { route, requestParameters: Object.fromEntries(required), ...(bodySchema ? { bodySchema } : {}) };
  });
}

/** `submitReview` as a construct id: `submit-review`. */
export const constructId = (operationId: string) =>
  operationId.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
