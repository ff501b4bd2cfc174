import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";

export type Schema = Readonly<Record<string, unknown>>;

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, { readonly $ref?: string } & Content>>;
}

export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Content>>;
  };
}

export const document: Document = JSON.parse(
  readFileSync(resolve(__dirname, "../../../functions/openapi.json"), "utf8"),
);

/** Every operation with its method and path. */
export const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

const ajv = new Ajv({ strict: false, formats: { "date-time": true } });
ajv.addSchema(document, "openapi");

export function componentValidator(name: string): ValidateFunction {
  return ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
}

export function schemaValidator(schema: Schema): ValidateFunction {
  return ajv.compile(schema);
}

/** What an operation promises for a status: content types with their validators, or `undefined` for no such status. */
export function promised(operation: Operation, status: number): ReadonlyMap<string, ValidateFunction> | undefined {
  const response = operation.responses[String(status)];
  if (!response) return undefined;
  const { content = {} } = response.$ref
    ? (document.components.responses[response.$ref.split("/").at(-1) ?? ""] ?? {})
    : response;
  return new Map(
    Object.entries(content).map(([type, { schema }]) => [type, ajv.compile({ $ref: `openapi${String(schema.$ref)}` })]),
  );
}
