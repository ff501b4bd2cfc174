import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { apiGatewayKeys } from "../../../functions/credential-sweeper/api-keys";
import { answeredBy, jsonBody, ok, type WireAnswer, type WireRequest } from "../support/fake-aws";

function keys(...answers: readonly WireAnswer[]) {
  const requests: WireRequest[] = [];
  const settings = answeredBy((request) => {
    requests.push(request);
    return answers[requests.length - 1] ?? ok({});
  });
  const line = ({ method, path }: WireRequest) => `${method} ${path}`;
  return { requests, lines: () => requests.map(line), ...apiGatewayKeys(new APIGatewayClient(settings)) };
}

const gone = { status: 404, body: JSON.stringify({ __type: "NotFoundException", message: "Invalid API Key" }) };

describe("keys in API Gateway", () => {
  it("are listed by the beginning of their name over all pages, without their values", async () => {
    const tags = { "rotation:secret": "billing" };
    const { list, requests, lines } = keys(
      ok({
        item: [{ id: "k1", name: "billing-1", enabled: true, lastUpdatedDate: 1_700_000_000, tags }],
        position: "p",
      }),
      ok({ item: [{ id: "k2", name: "billing-2" }] }),
    );

    expect(await list("billing-")).toEqual([
      { id: "k1", name: "billing-1", isEnabled: true, changedAt: new Date(1_700_000_000_000), secretName: "billing" },
      { id: "k2", name: "billing-2", isEnabled: false },
    ]);
    expect(lines()).toEqual(["GET /apikeys", "GET /apikeys"]);
    expect(requests.map(({ query }) => query)).toEqual([
      { limit: "500", name: "billing-", includeValues: "false" },
      { limit: "500", name: "billing-", includeValues: "false", position: "p" },
    ]);
  });

  it("are disabled, not changed otherwise, and removed", async () => {
    const { disable, remove, requests, lines } = keys();

    await disable("k1");
    await remove("k1");

    expect(lines()).toEqual(["PATCH /apikeys/k1", "DELETE /apikeys/k1"]);
    expect(requests.slice(0, 1).map(jsonBody)).toEqual([
      { patchOperations: [{ op: "replace", path: "/enabled", value: "false" }] },
    ]);
  });

  it("that are gone already are no fault; any other refusal is", async () => {
    const { disable, remove } = keys(gone, gone, { status: 403, body: '{"__type":"AccessDeniedException"}' });

    await disable("k1");
    await remove("k1");
    await expect(remove("k1")).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  it("tell of the calls since the day after, over all pages", async () => {
    const { callsAfter, requests, lines } = keys(
      ok({
        values: {
          k1: [
            [2, 98],
            [0, 98],
          ],
          k2: [[50, 1]],
        },
        position: "p",
      }),
      ok({ values: { k1: [[1, 97]] } }),
    );

    const calls = await callsAfter("plan", "k1", new Date("2026-02-25T05:00:00Z"), new Date("2026-03-04T05:00:00Z"));

    expect(calls).toBe(3);
    expect(lines()).toEqual(["GET /usageplans/plan/usage", "GET /usageplans/plan/usage"]);
    expect(requests[0]?.query).toEqual({ keyId: "k1", startDate: "2026-02-26", endDate: "2026-03-04" });
  });

  it("that nobody has called with are not in the answer", async () => {
    expect(await keys(ok({ values: {} })).callsAfter("plan", "k1", new Date(0), new Date(0))).toBe(0);
  });
});
