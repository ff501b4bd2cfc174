import { routes } from "../../src/limits/routes";
import { allowedOperations, isRole, rolePermissions } from "../../src/security/entra";

/** Written out by hand: who may do what. */
const matrix = {
  "Reviews.Read": { listReviews: true, getReview: true, submitReview: false, deleteReview: false },
  "Reviews.Write": { listReviews: true, getReview: true, submitReview: true, deleteReview: false },
  "Reviews.Submit": { listReviews: false, getReview: false, submitReview: true, deleteReview: false },
  "Platform.Admin": { listReviews: true, getReview: true, submitReview: true, deleteReview: true },
} as const;

const operations = routes
  .filter(({ protection }) => protection === "authorizer")
  .map(({ operationId }) => operationId)
  .sort();

describe("an app role", () => {
  it.each(Object.entries(matrix))("%s may do this and no more", (role, row) => {
    const allowed = allowedOperations([role]);

    for (const [operation, may] of Object.entries(row)) {
      expect([operation, [...allowed].some((name) => name === operation)]).toEqual([operation, may]);
    }
    expect(Object.keys(row).sort()).toEqual(operations);
  });

  it("is one of the four of the matrix", () => {
    expect(Object.keys(rolePermissions)).toEqual(Object.keys(matrix));
  });

  it("adds to the others", () => {
    expect([...allowedOperations(["Reviews.Read", "Reviews.Submit"])].sort()).toEqual([
      "getReview",
      "listReviews",
      "submitReview",
    ]);
  });

  it.each(["Evidence.Read", "reviews.read", "", "toString", "__proto__", "constructor"])("%p gives nothing", (name) => {
    expect(isRole(name)).toBe(false);
    expect(allowedOperations([name]).size).toBe(0);
  });
});

it("each protected operation has a role that may call it", () => {
  const reachable = allowedOperations(Object.keys(rolePermissions));

  expect([...reachable].sort()).toEqual(operations);
});
