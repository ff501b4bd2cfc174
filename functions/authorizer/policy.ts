import { routes } from "../../src/limits/routes";
import { allowedOperations, isRole } from "../../src/security/entra";
import type { Caller } from "./verify-token";

/** What a TOKEN authorizer gives API Gateway back; values of the context may be strings, numbers or booleans only. */
export interface AuthorizerAnswer {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: "2012-10-17";
    readonly Statement: readonly [
      {
        readonly Action: "execute-api:Invoke";
        readonly Effect: "Allow" | "Deny";
        readonly Resource: readonly string[];
      },
    ];
  };
  readonly context: Readonly<Record<string, string>>;
}

/** Policy for every route the caller's roles allow, in this stage of this API.
 *
 * API Gateway keeps the answer for the token and uses it for the token's next request, whatever its route. So the policy
 * follows from the token alone: one made for the route of the moment would refuse the next.
 */
export function authorizerAnswer({ sub, oid, kind, roles }: Caller, methodArn: string): AuthorizerAnswer {
  const stageArn = methodArn.split("/").slice(0, 2).join("/");
  const known = roles.filter(isRole);
  const allowed = allowedOperations(known);
  const arns = routes
    .filter(({ protection, operationId }) => protection === "authorizer" && allowed.has(operationId))
    .map(({ method, path }) => `${stageArn}/${method}${path.replaceAll(/\{[^}]+\}/g, "*")}`);
  const verdict =
    arns.length > 0
      ? ({ Effect: "Allow", Resource: arns } as const)
      : ({ Effect: "Deny", Resource: [`${stageArn}/*`] } as const);
  return {
    principalId: sub,
    policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", ...verdict }] },
    context: { sub, kind, roles: known.join(" "), ...(oid !== undefined && { oid }) },
  };
}
