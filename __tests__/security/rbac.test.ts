import { createLocalJWKSet, type JWTVerifyGetKey } from "jose";
import { authorize } from "../../functions/authorizer/authorize";
import type { AuthorizerAnswer } from "../../functions/authorizer/policy";
import { text } from "../../src/terraform/blocks";
import { managedResources, type Resource } from "../../src/terraform/estate";
import { resolve } from "../../src/terraform/resolve";
import { now, published, settings, token, userClaims } from "../functions/authorizer/tokens";
import { recorder } from "../functions/support/http-events";
import { example, exampleNames } from "../support/examples";

/** Written out by hand: who may call what. `open` asks for no token; `401` and `403` are API Gateway's answers. */
const columns = {
  "no token": undefined,
  "no role": [],
  "an unknown role": ["Reviews.Admin"],
  "Reviews.Read": ["Reviews.Read"],
  "Reviews.Write": ["Reviews.Write"],
  "Reviews.Submit": ["Reviews.Submit"],
  "Platform.Admin": ["Platform.Admin"],
  "Read and Submit": ["Reviews.Read", "Reviews.Submit"],
  "Submit and an unknown role": ["Reviews.Submit", "Reviews.Admin"],
} as const satisfies Record<string, readonly string[] | undefined>;

type Verdict = "open" | "yes" | 401 | 403;

const everybody: readonly Verdict[] = Object.keys(columns).map(() => "open");
const matrix: Readonly<Record<string, readonly Verdict[]>> = {
  "POST /webhooks/github": everybody,
  "POST /webhooks/spacelift": everybody,
  "GET /health": everybody,
  "GET /api/v1/reviews": [401, 403, 403, "yes", "yes", 403, "yes", "yes", 403],
  "GET /api/v1/reviews/{id}": [401, 403, 403, "yes", "yes", 403, "yes", "yes", 403],
  "POST /api/v1/reviews": [401, 403, 403, 403, "yes", "yes", "yes", "yes", "yes"],
  "DELETE /api/v1/reviews/{id}": [401, 403, 403, 403, 403, 403, "yes", 403, 403],
};

const stageArn = "arn:aws:execute-api:us-east-1:111122223333:api1/live";
const keySet: JWTVerifyGetKey = async (header, jwt) => createLocalJWKSet(await published())(header, jwt);

/** The authorizer's own answer to a signed token with these roles; the cached one is used for every route. */
async function answerFor(roles: readonly string[]): Promise<AuthorizerAnswer> {
  const authorizationToken = `Bearer ${await token({ ...userClaims, roles: [...roles] })}`;
  const { log, record } = recorder();
  return authorize(
    { authorizationToken, methodArn: `${stageArn}/GET/api/v1/reviews` },
    { settings, keySet, clock: () => now, record, log },
  );
}

/** What API Gateway makes of the answer for one request: an Allow must match, and `*` is any text. */
function isAllowed({ policyDocument }: AuthorizerAnswer, requestArn: string): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(requestArn);
  const matching = policyDocument.Statement.filter(({ Resource }) => Resource.some(matches));
  return matching.length > 0 && matching.every(({ Effect }) => Effect === "Allow");
}

interface Method {
  readonly route: string;
  /** Whether API Gateway asks the token authorizer before it lets a request in. */
  readonly asks: boolean;
}

/** Every method of the API in the synthesized JSON. */
function methodsOf(environment: string): Method[] {
  const { estate } = example(environment);
  return managedResources(estate, "aws_api_gateway_method").map((method) => {
    const kind = text(method, "authorization");
    if (kind !== "CUSTOM" && kind !== "NONE") throw new Error(`${method.address} has the authorization ${kind}.`);
    return { route: `${text(method, "http_method")} ${pathOf(method)}`, asks: kind === "CUSTOM" };
  });
}

function pathOf(method: Resource): string {
  const parts: string[] = [];
  let next = resolve(method.attributes.resource_id ?? null, method.stack);
  while (next.kind === "reference" && next.resource.type === "aws_api_gateway_resource") {
    parts.unshift(String(text(next.resource, "path_part")));
    next = resolve(next.resource.attributes.parent_id ?? null, next.resource.stack);
  }
  return `/${parts.join("/")}`;
}

async function verdictOf({ route, asks }: Method, roles: readonly string[] | undefined): Promise<Verdict> {
  if (!asks) return "open";
  if (roles === undefined) return 401;
  const request = route.replace(" ", "").replace("{id}", "cmV2aWV3");
  return isAllowed(await answerFor(roles), `${stageArn}/${request}`) ? "yes" : 403;
}

describe.each(exampleNames())("in %s", (name) => {
  const methods = methodsOf(name).filter(({ route }) => !route.startsWith("OPTIONS "));

  it("each route lets in these roles and no others", async () => {
    const found: Record<string, readonly Verdict[]> = {};
    for (const method of methods) {
      found[method.route] = await Promise.all(Object.values(columns).map((roles) => verdictOf(method, roles)));
    }

    expect(found).toEqual(matrix);
  });

  it("the authorizer is asked with every token, whole and in its one header", () => {
    const { estate } = example(name);
    const authorizers = managedResources(estate, "aws_api_gateway_authorizer");

    expect(authorizers.map((authorizer) => [text(authorizer, "type"), text(authorizer, "identity_source")])).toEqual([
      ["TOKEN", "method.request.header.Authorization"],
    ]);
    for (const method of managedResources(estate, "aws_api_gateway_method")) {
      const isCustom = text(method, "authorization") === "CUSTOM";
      const id = resolve(method.attributes.authorizer_id ?? null, method.stack);
      expect([method.address, id.kind === "reference" && id.resource === authorizers[0]]).toEqual([
        method.address,
        isCustom,
      ]);
      // With scopes API Gateway would take the token for one of Cognito's.
      expect(method.attributes.authorization_scopes).toBeUndefined();
    }
  });
});
