import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { routes } from "../../src/limits/routes";

const root = resolve(__dirname, "../..");

describe("the routes", () => {
  it("are these seven, each with its function, its guard and its limit", () => {
    const rows = routes.map((route) =>
      [route.method, route.path, route.function, route.protection, route.throttle].join(" "),
    );

    expect(rows).toEqual([
      "POST /webhooks/github webhook signature webhook",
      "POST /webhooks/spacelift webhook signature webhook",
      "POST /api/v1/reviews webhook authorizer write",
      "GET /api/v1/reviews reviews-api authorizer default",
      "GET /api/v1/reviews/{id} reviews-api authorizer default",
      "DELETE /api/v1/reviews/{id} reviews-api authorizer write",
      "GET /health reviews-api none default",
    ]);
  });

  it("name an operation each", () => {
    const operations = routes.map(({ operationId }) => operationId);

    expect(new Set(operations).size).toBe(operations.length);
  });

  it("lead to functions that exist", () => {
    const missing = routes.filter((route) => !existsSync(join(root, "functions", route.function, "handler.ts")));

    expect(missing).toEqual([]);
  });

  it("without a guard write nothing", () => {
    const open = routes.filter(({ protection }) => protection === "none");

    expect(open.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("that write have the limit of writes, unless a webhook has its own", () => {
    const writes = routes.filter(({ method }) => method !== "GET").map(({ throttle }) => throttle);

    expect(new Set(writes)).toEqual(new Set(["webhook", "write"]));
  });
});
