/** One public route of the REST API; API Gateway, the throttles, the policy of the authorizer and the functions read it. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** As API Gateway writes it: leading slash, parameters in braces. */
  readonly path: string;
  /** Folder in `functions/` of the function that answers. */
  readonly function: "webhook" | "reviews-api";
  /** Who lets a request in: the token authorizer, the signature over the body (checked in the function), or nobody. */
  readonly protection: "authorizer" | "signature" | "none";
  /** Which of the configured limits the route gets. */
  readonly throttle: "default" | "write" | "webhook";
  /** Name of the operation in `functions/openapi.json`. */
  readonly operationId: string;
}

/** Every route there is: a request for anything else never reaches a function. */
export const routes = [
  {
    method: "POST",
    path: "/webhooks/github",
    function: "webhook",
    protection: "signature",
    throttle: "webhook",
    operationId: "receiveGithubEvent",
  },
  {
    method: "POST",
    path: "/webhooks/spacelift",
    function: "webhook",
    protection: "signature",
    throttle: "webhook",
    operationId: "receiveSpaceliftEvent",
  },
  {
    method: "POST",
    path: "/api/v1/reviews",
    function: "webhook",
    protection: "authorizer",
    throttle: "write",
    operationId: "submitReview",
  },
  {
    method: "GET",
    path: "/api/v1/reviews",
    function: "reviews-api",
    protection: "authorizer",
    throttle: "default",
    operationId: "listReviews",
  },
  {
    method: "GET",
    path: "/api/v1/reviews/{id}",
    function: "reviews-api",
    protection: "authorizer",
    throttle: "default",
    operationId: "getReview",
  },
  {
    method: "DELETE",
    path: "/api/v1/reviews/{id}",
    function: "reviews-api",
    protection: "authorizer",
    throttle: "write",
    operationId: "deleteReview",
  },
  {
    method: "GET",
    path: "/health",
    function: "reviews-api",
    protection: "none",
    throttle: "default",
    operationId: "getHealth",
  },
] as const satisfies readonly Route[];

export type OperationId = (typeof routes)[number]["operationId"];

/** Operations that need a token, and so a role. */
export type ProtectedOperation = Extract<(typeof routes)[number], { protection: "authorizer" }>["operationId"];
