import fc from "fast-check";
import { listQuery } from "../../functions/reviews-api/operations";
import { pullRequestEvent } from "../../functions/shared/github-event";
import { finding, refusalReasons, review, reviewStatuses, run, severities } from "../../functions/shared/review";
import { reviewIdText } from "../../functions/shared/review-key";
import { runEvent } from "../../functions/shared/spacelift-event";
import { submission } from "../../functions/webhook/submit-review";
import { routes } from "../../src/limits/routes";
import { componentValidator, document, operations, type Schema, schemaValidator } from "./support/openapi";

/** Keywords with the same meaning in JSON Schema draft 4, which API Gateway's models are written in, and in OpenAPI 3.1. */
const sharedKeywords = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "default",
  "description",
  "enum",
  "format",
  "items",
  "maxItems",
  "maxLength",
  "maximum",
  "minItems",
  "minLength",
  "minimum",
  "not",
  "oneOf",
  "pattern",
  "properties",
  "required",
  "title",
  "type",
  "uniqueItems",
]);

/** Where a schema uses what the two drafts do not share. */
function unshared(schema: Schema, path = ""): string[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const place = `${path}/${keyword}`;
    if (!sharedKeywords.has(keyword)) return [place];
    if (keyword === "type") return typeof value === "string" ? [] : [place];
    // An empty "required" is an error in draft 4.
    if (keyword === "required" || keyword === "enum") return Array.isArray(value) && value.length > 0 ? [] : [place];
    if (keyword === "items" && Array.isArray(value)) return [place];
    if (keyword === "properties")
      return children(value).flatMap(([name, child]) => unshared(child, `${place}/${name}`));
    if (["allOf", "anyOf", "oneOf"].includes(keyword))
      return children(value).flatMap(([name, child]) => unshared(child, `${place}/${name}`));
    return typeof value === "object" && value !== null ? unshared(value as Schema, place) : [];
  });
}

const children = (value: unknown) => Object.entries(value as Record<string, Schema>);

describe("the schemas", () => {
  it("keep to what draft 4 shares", () => {
    const parameters = operations.flatMap(({ operation }) => operation.parameters ?? []).map(({ schema }) => schema);
    const all = [...Object.values(document.components.schemas), ...parameters];

    expect(all.length).toBeGreaterThan(15);
    expect(all.flatMap((schema) => unshared(schema))).toEqual([]);
  });

  it.each([
    ["a list of types", { type: ["string", "null"] }, "/type"],
    ["const", { const: "x" }, "/const"],
    ["a number as exclusive bound", { properties: { n: { exclusiveMinimum: 0 } } }, "/properties/n/exclusiveMinimum"],
    ["definitions of 2020-12", { $defs: {} }, "/$defs"],
    ["a condition", { oneOf: [{ if: {} }] }, "/oneOf/0/if"],
    ["a tuple", { items: [{ type: "string" }] }, "/items"],
    ["examples", { items: { examples: [] } }, "/items/examples"],
    ["a true schema below not", { not: { dependentRequired: {} } }, "/not/dependentRequired"],
    ["an empty list of required names", { required: [] }, "/required"],
  ])("with %s would be found", (_what, schema, place) => {
    expect(unshared(schema)).toEqual([place]);
  });

  it("of requests are components that API Gateway can name, and refer to no other", () => {
    const requests = operations.flatMap(({ operation }) => Object.entries(operation.requestBody?.content ?? {}));
    const names = requests.map(([, { schema }]) => String(schema.$ref).replace("#/components/schemas/", ""));

    expect(names).toEqual(["GithubEvent", "SpaceliftEvent", "Submission"]);
    expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([]);
    for (const name of names) expect(JSON.stringify(document.components.schemas[name])).not.toContain("$ref");
  });
});

describe("the paths", () => {
  it("are the routes, with the same operations", () => {
    const documented = operations.map(({ method, path, operation }) => `${method} ${path} ${operation.operationId}`);

    expect(documented.sort()).toEqual(
      routes.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`).sort(),
    );
  });

  it("ask for a token where the authorizer stands", () => {
    const withToken = operations
      .filter(({ operation }) => operation.security)
      .map(({ operation }) => operation.operationId);

    expect(withToken.sort()).toEqual(
      routes
        .filter(({ protection }) => protection === "authorizer")
        .map(({ operationId }) => operationId)
        .sort(),
    );
  });

  it("name the parameters of their templates", () => {
    for (const { path, operation } of operations) {
      const inPath = operation.parameters?.filter((parameter) => parameter.in === "path").map(({ name }) => name) ?? [];
      expect(inPath).toEqual([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name));
    }
  });
});

const commit = "0123456789abcdef0123456789abcdef01234567";

describe("a submission", () => {
  const valid = componentValidator("Submission");

  it.each([
    [true, { repository: "example/platform", pullRequest: 7 }],
    [true, { repository: "Example/Platform.js", pullRequest: 99_999_999, commit }],
    [false, {}],
    [false, { repository: "example/platform" }],
    [false, { repository: "example/platform", pullRequest: 0 }],
    [false, { repository: "example/platform", pullRequest: 100_000_000 }],
    [false, { repository: "example/platform", pullRequest: 1.5 }],
    [false, { repository: "example/platform", pullRequest: "7" }],
    [false, { repository: "example/..", pullRequest: 7 }],
    [false, { repository: "example", pullRequest: 7 }],
    [false, { repository: `a/${"b".repeat(139)}`, pullRequest: 7 }],
    [false, { repository: "example/platform", pullRequest: 7, commit: commit.toUpperCase() }],
    [false, { repository: "example/platform", pullRequest: 7, commit: null }],
    [false, { repository: "example/platform", pullRequest: 7, more: 1 }],
    [false, []],
    [false, null],
  ])("is %p by the document and by the function: %j", (expected, body) => {
    expect([valid(body), submission.safeParse(body).success]).toEqual([expected, expected]);
  });

  it("is judged alike whatever it is", () => {
    const repositories = fc.oneof(fc.constant("example/platform"), fc.stringMatching(/^[aA._/-]{0,6}$/), fc.string());
    const bodies = fc.record(
      {
        repository: repositories,
        pullRequest: fc.oneof(fc.integer({ min: -1, max: 100_000_001 }), fc.double(), fc.string()),
        commit: fc.oneof(fc.constant(commit), fc.stringMatching(/^[0-9a-fA-F]{39,41}$/)),
        extra: fc.constant(1),
      },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(bodies, (body) => expect(submission.safeParse(body).success).toBe(valid(body))),
      { numRuns: 1000 },
    );
  });
});

describe("a parameter", () => {
  const parameter = (operationId: string, name: string) => {
    const all = operations.find(({ operation }) => operation.operationId === operationId)?.operation.parameters ?? [];
    return schemaValidator(all.find((one) => one.name === name)?.schema ?? { not: {} });
  };

  it.each([
    ["listReviews", "repository", ["example/platform", "A/b"], ["example", "a/b/c", "", "../x", "a/.."]],
    ["listReviews", "limit", [1, 25, 100], [0, 101, -1, 1.5]],
    [
      "getReview",
      "id",
      ["ZXhhbXBsZS9wbGF0Zm9ybSM3IzAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc"],
      ["", "a b", "a/b", "x".repeat(301)],
    ],
  ])("of %s, %s, is judged alike", (operationId, name, good, bad) => {
    const valid = parameter(operationId, name);
    const accepted = (value: string | number) =>
      name === "id"
        ? reviewIdText.safeParse(value).success
        : listQuery.safeParse({ repository: "a/b", [name]: String(value) }).success;

    for (const value of good) expect([value, valid(value), accepted(value)]).toEqual([value, true, true]);
    for (const value of bad) expect([value, valid(value), accepted(value)]).toEqual([value, false, false]);
  });

  it("of a review's path is the same for reading and deleting", () => {
    const of = (operationId: string) =>
      operations.find(({ operation }) => operation.operationId === operationId)?.operation.parameters;

    expect(of("deleteReview")).toEqual(of("getReview"));
  });
});

describe("what the service shows", () => {
  const schema = (name: string) =>
    document.components.schemas[name] as { properties: Record<string, Schema>; required: string[] };
  const keys = (shape: Record<string, { safeParse(value: unknown): { success: boolean } }>) => ({
    all: Object.keys(shape).sort(),
    required: Object.entries(shape)
      .filter(([, field]) => !field.safeParse(undefined).success)
      .map(([name]) => name)
      .sort(),
  });

  it.each([
    ["Finding", keys(finding.shape), []],
    ["Run", keys(run.shape), []],
    ["Review", keys(review.shape), ["id", "runs"]],
  ])("of a %s has the fields the function keeps", (name, { all, required }, added) => {
    expect(Object.keys(schema(name).properties).sort()).toEqual([...all, ...added].sort());
    expect(
      schema(name)
        .required.filter((field) => field !== "id")
        .sort(),
    ).toEqual(required);
  });

  it("names the same severities, states and reasons", () => {
    expect(schema("Finding").properties.severity?.enum).toEqual([...severities]);
    expect(schema("Review").properties.status?.enum).toEqual([...reviewStatuses]);
    expect(schema("Review").properties.reason?.enum).toEqual([...refusalReasons]);
  });

  it.each([
    [
      "a review",
      {
        ...{ repository: "example/platform", pullRequest: 7, commit },
        status: "completed",
        createdAt: "2026-03-02T12:00:00Z",
      },
      true,
    ],
    [
      "a state of its own",
      { repository: "example/platform", pullRequest: 7, commit, status: "merged", createdAt: "2026-03-02T12:00:00Z" },
      false,
    ],
    [
      "no commit",
      { repository: "example/platform", pullRequest: 7, status: "completed", createdAt: "2026-03-02T12:00:00Z" },
      false,
    ],
  ])("%s is judged alike", (_what, body, expected) => {
    expect([componentValidator("Review")({ id: "x", ...body }), review.safeParse(body).success]).toEqual([
      expected,
      expected,
    ]);
  });
});

it("every event that the functions act on passes the document's request models", () => {
  const github = {
    action: "opened",
    number: 7,
    pull_request: { head: { sha: commit } },
    repository: { full_name: "a/b" },
  };
  const spacelift = {
    state: "FINISHED",
    stateVersion: 1,
    timestamp: 1,
    run: { id: "01J", type: "TRACKED", commit: { hash: commit, url: `https://github.com/a/b/commit/${commit}` } },
    stack: { id: "s" },
  };

  expect([pullRequestEvent.safeParse(github).success, componentValidator("GithubEvent")(github)]).toEqual([true, true]);
  expect([runEvent.safeParse(spacelift).success, componentValidator("SpaceliftEvent")(spacelift)]).toEqual([
    true,
    true,
  ]);
  expect(componentValidator("GithubEvent")("text")).toBe(false);
});
