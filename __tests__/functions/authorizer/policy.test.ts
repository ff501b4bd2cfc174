import { authorizerAnswer } from "../../../functions/authorizer/policy";
import { routes } from "../../../src/limits/routes";
import { rolePermissions } from "../../../src/security/entra";
import { methodArn } from "./tokens";

const caller = (roles: readonly string[]) => ({ sub: "s", kind: "user" as const, roles });
const stage = "arn:aws:execute-api:eu-central-1:123456789012:api1/live";
const statementOf = (roles: readonly string[]) =>
  authorizerAnswer(caller(roles), methodArn).policyDocument.Statement[0];

/** Whether API Gateway would let the request through: IAM's `*` matches any text. */
const allows = (roles: readonly string[], request: string) => {
  const statement = statementOf(roles);
  const matches = statement.Resource.some((arn) =>
    new RegExp(
      `^${arn
        .split("*")
        .map((part) => part.replace(/[.+?^$()[\]{}|\\/]/g, "\\$&"))
        .join(".*")}$`,
    ).test(`${stage}/${request}`),
  );
  return statement.Effect === "Allow" && matches;
};

const requests = {
  listReviews: "GET/api/v1/reviews",
  getReview: "GET/api/v1/reviews/cmV2aWV3",
  submitReview: "POST/api/v1/reviews",
  deleteReview: "DELETE/api/v1/reviews/cmV2aWV3",
};

describe("the policy", () => {
  it.each([
    ["Reviews.Read", ["listReviews", "getReview"]],
    ["Reviews.Write", ["listReviews", "getReview", "submitReview"]],
    ["Reviews.Submit", ["submitReview"]],
    ["Platform.Admin", ["listReviews", "getReview", "submitReview", "deleteReview"]],
    ["Evidence.Read", []],
  ])("lets %s call %p and nothing else", (role, operations) => {
    const allowed = Object.entries(requests).filter(([, request]) => allows([role], request));

    expect(allowed.map(([operation]) => operation)).toEqual(operations);
  });

  it("covers every role and every protected route", () => {
    const protectedRoutes = routes.filter(({ protection }) => protection === "authorizer");

    expect(Object.keys(requests).sort()).toEqual(protectedRoutes.map(({ operationId }) => operationId).sort());
    expect(Object.keys(rolePermissions)).toHaveLength(4);
  });

  it("adds roles up, and never gives more than their routes, whatever roles a token has", () => {
    const roles: (keyof typeof rolePermissions)[] = [
      "Reviews.Read",
      "Reviews.Write",
      "Reviews.Submit",
      "Platform.Admin",
    ];
    const sets = Array.from({ length: 2 ** roles.length }, (_, bits) => roles.filter((_, at) => bits & (1 << at)));
    const everything = routes.map(({ method, path, operationId }) => ({
      request: `${method}${path.replace("{id}", "cmV2aWV3")}`,
      operationId,
    }));

    for (const set of sets) {
      const granted = everything.filter(({ request }) => allows(set, request)).map(({ operationId }) => operationId);
      const due = new Set<string>(set.flatMap((role): readonly string[] => rolePermissions[role]));
      expect([set, granted.sort()]).toEqual([set, [...due].sort()]);
    }
  });

  it.each(["constructor", "__proto__", "toString", "reviews.read", "Reviews.Read ", "*", ""])(
    "gives nothing for the role %p",
    (role) => {
      expect(statementOf([role])).toEqual({
        Action: "execute-api:Invoke",
        Effect: "Deny",
        Resource: [`${stage}/*`],
      });
    },
  );

  it("names each route once, though two roles give it", () => {
    expect(statementOf(["Reviews.Write", "Reviews.Submit", "Reviews.Write"]).Resource).toEqual([
      `${stage}/POST/api/v1/reviews`,
      `${stage}/GET/api/v1/reviews`,
      `${stage}/GET/api/v1/reviews/*`,
    ]);
  });

  it("is the same text for every route a token is first used on, because API Gateway keeps it", () => {
    const texts = Object.values(requests).map((request) =>
      JSON.stringify(authorizerAnswer(caller(["Reviews.Write"]), `${stage}/${request}`)),
    );

    expect(new Set(texts).size).toBe(1);
  });

  it("never leaves its stage of its API", () => {
    const all = Object.keys(rolePermissions).flatMap((role) => statementOf([role]).Resource);

    expect(all.filter((arn) => !arn.startsWith(`${stage}/`))).toEqual([]);
  });
});
