import * as z from "zod";
import { dispatch } from "../../../functions/shared/dispatch";
import { callerRoles, rawBody } from "../../../functions/shared/http-event";
import { parseJson } from "../../../functions/shared/json";
import { invalidInput, json, problem } from "../../../functions/shared/problem";
import { httpEvent } from "../support/http-events";

const operations = {
  getReview: async () => json(200, { operation: "getReview" }),
  deleteReview: async () => json(200, { operation: "deleteReview" }),
};

describe("a request", () => {
  it("reaches the operation of its method and path", async () => {
    expect((await dispatch(httpEvent("DELETE /api/v1/reviews/{id}"), operations)).body).toBe(
      '{"operation":"deleteReview"}',
    );
  });

  it("for another path is answered 404, also where another function has that path", async () => {
    expect((await dispatch(httpEvent("GET /elsewhere"), operations)).statusCode).toBe(404);
    expect((await dispatch(httpEvent("GET /health"), operations)).statusCode).toBe(404);
  });

  it("with another method is answered 405 and told which there are", async () => {
    const answer = await dispatch(httpEvent("PUT /api/v1/reviews/{id}"), operations);

    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe("GET, DELETE");
  });

  it("has the bytes that were sent", () => {
    expect(rawBody({ body: null, isBase64Encoded: false })).toHaveLength(0);
    expect([...rawBody({ body: "//4=", isBase64Encoded: true })]).toEqual([0xff, 0xfe]);
    expect([...rawBody({ body: "é", isBase64Encoded: false })]).toEqual([0xc3, 0xa9]);
  });

  it("has the roles of the authorizer's context and none without one", () => {
    expect(callerRoles(httpEvent("GET /x", { roles: "Reviews.Read Platform.Admin" }))).toEqual([
      "Reviews.Read",
      "Platform.Admin",
    ]);
    expect(callerRoles(httpEvent("GET /x", { roles: "" }))).toEqual([]);
    expect(callerRoles(httpEvent("GET /x"))).toEqual([]);
  });
});

describe("a problem", () => {
  it("has the form of RFC 9457", () => {
    expect(problem(404, "There is no review with this id.")).toEqual({
      statusCode: 404,
      headers: { "content-type": "application/problem+json" },
      body: '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no review with this id."}',
    });
  });

  it("with the input names what is refused, and never the value", () => {
    const { error } = z.object({ list: z.array(z.int()) }).safeParse({ list: [1, "canary"] });

    const answer = invalidInput(error ?? new z.ZodError([]));

    expect(JSON.parse(answer.body)).toMatchObject({ status: 400, errors: [{ path: "list.1" }] });
    expect(answer.body).not.toContain("canary");
  });

  it("with JSON is no error that quotes it", () => {
    expect(parseJson("{canary")).toBeUndefined();
    expect(parseJson("null")).toBeNull();
  });
});
