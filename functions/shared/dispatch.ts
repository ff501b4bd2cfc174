import { type OperationId, routes } from "../../src/limits/routes";
import type { HttpEvent } from "./http-event";
import { type HttpAnswer, problem } from "./problem";

export type Operation = (event: HttpEvent) => Promise<HttpAnswer>;

/** Gives the event to the operation of its route; 404 for a path without one, 405 for a method it does not have. */
export async function dispatch(
  event: HttpEvent,
  operations: Readonly<Partial<Record<OperationId, Operation>>>,
): Promise<HttpAnswer> {
  const ofPath = routes.filter(({ path, operationId }) => path === event.resource && operations[operationId]);
  const route = ofPath.find(({ method }) => method === event.httpMethod);
  const operation = route && operations[route.operationId];
  if (operation) return operation(event);
  if (ofPath.length === 0) return problem(404, "There is nothing at this path.");
  const allow = ofPath.map(({ method }) => method).join(", ");
  return problem(405, `This path answers ${allow}.`, { allow });
}
