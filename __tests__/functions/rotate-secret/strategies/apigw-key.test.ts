import { randomBytes } from "node:crypto";
import { apigwKey } from "../../../../functions/rotate-secret/strategies/apigw-key";
import { FakeApiKeys } from "../../support/fake-api-keys";
import { FakeFetch } from "../../support/fake-fetch";
import { FakePacing } from "../../support/fake-pacing";

/** `answers`: statuses of the canary route in turn, then 200. */
function set(answers: number[] = []) {
  const gateway = new FakeApiKeys();
  const canary = new FakeFetch(() => ({ status: answers.shift() ?? 200, body: {} }));
  const pacing = new FakePacing();
  const strategy = apigwKey({
    secretName: "partner-key",
    keys: gateway.client,
    canaryUrl: "https://api.example.com/canary",
    fetcher: canary.fetch,
    pacing,
    randomBytes,
  });
  return { gateway, canary, pacing, strategy };
}
const made = {
  id: "id-1",
  name: "partner-key-v2",
  value: "new",
  enabled: true,
  tags: { "rotation:secret": "partner-key" },
};
const cleanCalls = [
  "GET /apikeys",
  "POST /apikeys",
  "GET /usageplans/plan-1/keys",
  "POST /usageplans/plan-1/keys",
] as const;

describe("a key of API Gateway", () => {
  it("is 40 letters and digits", async () => {
    const { strategy } = set();
    const first = await strategy.create("v2");

    expect(first).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(await strategy.create("v2")).not.toBe(first);
  });

  it("is made with our value under the version's name, tagged for the sweeper, and put into the plan", async () => {
    const { gateway, strategy } = set();

    await strategy.apply("new", "v2");

    expect(gateway.keys).toEqual([made]);
    expect([...gateway.inPlan]).toEqual(["id-1"]);
    expect(gateway.calls).toEqual(cleanCalls);
  });

  it("is made once however often it is applied, and the key before stays", async () => {
    const { gateway, strategy } = set();

    await strategy.apply("old", "v1");
    for (let attempt = 0; attempt < 3; attempt += 1) await strategy.apply("new", "v2");

    expect(gateway.keys.map(({ name, value }) => [name, value])).toEqual([
      ["partner-key-v1", "old"],
      ["partner-key-v2", "new"],
    ]);
    expect([...gateway.inPlan]).toEqual(["id-1", "id-2"]);
  });

  it("is not taken for another whose name begins like its own", async () => {
    const { gateway, strategy } = set();

    await strategy.apply("longer", "v22");
    await strategy.apply("new", "v2");

    expect(gateway.keys.map(({ name }) => name)).toEqual(["partner-key-v22", "partner-key-v2"]);
    expect(gateway.inPlan.size).toBe(2);
    await strategy.apply("new", "v2");
    expect(gateway.keys).toHaveLength(2);
  });

  it.each(
    cleanCalls.flatMap((_call, at) =>
      ["after", "TooManyRequestsException", "UnauthorizedException", "TimeoutError"].map(
        (fault) => [at, fault] as const,
      ),
    ),
  )("is one key in the plan after call %s met %s and the step was started again", async (at, fault) => {
    const { gateway, strategy } = set();
    gateway.fault = (_call, index) => (index === at ? fault : undefined);

    await expect(strategy.apply("new", "v2")).rejects.toThrow();
    await strategy.apply("new", "v2");

    expect(gateway.keys).toEqual([made]);
    expect([...gateway.inPlan]).toEqual(["id-1"]);
  });

  it.each(cleanCalls.map((_call, at) => at))("fails where call %s is refused for ever", async (at) => {
    const { gateway, strategy } = set();
    gateway.fault = (_call, index) => (index >= at ? "UnauthorizedException" : undefined);

    for (const _attempt of [1, 2]) {
      await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "UnauthorizedException" });
    }
  });

  it("that an attempt without an answer has made is found where the list was behind", async () => {
    const { gateway, strategy } = set();
    await strategy.apply("new", "v2");
    gateway.inPlan.clear();
    const { keys } = gateway;
    const hidden = keys.splice(0);
    // The list shows it only when the second creation has been refused.
    gateway.fault = (call) => {
      if (call !== "POST /apikeys") return undefined;
      keys.push(...hidden);
      return undefined;
    };

    await strategy.apply("new", "v2");

    expect(keys).toEqual([made]);
    expect([...gateway.inPlan]).toEqual(["id-1"]);
  });

  it("whose value another key has is an error, and that key is left alone", async () => {
    const { gateway, strategy } = set();
    await strategy.apply("new", "v1");
    gateway.inPlan.clear();

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "SenderError:key-conflict" });
    expect(gateway.keys.map(({ name }) => name)).toEqual(["partner-key-v1"]);
    expect(gateway.inPlan.size).toBe(0);
  });

  it("that the plan refuses is an error unless the plan has it after all", async () => {
    const { gateway, strategy } = set();
    gateway.fault = (call) => (call === "POST /usageplans/plan-1/keys" ? "ConflictException" : undefined);
    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "SenderError:key-conflict" });

    gateway.fault = (call) => {
      if (call !== "POST /usageplans/plan-1/keys") return undefined;
      gateway.inPlan.add("id-1");
      return "ConflictException";
    };
    await strategy.apply("new", "v2");
    expect(gateway.keys).toEqual([made]);
  });

  it("is proved by three answers in a row, for it works on some servers before it works on all", async () => {
    const { canary, strategy, pacing } = set([403, 200, 200, 403, 200, 200, 200]);

    expect(await strategy.verify(async () => "new", "v2")).toBe("verified");
    expect(canary.requests).toHaveLength(7);
    expect(canary.requests[0]).toMatchObject({ headers: { "x-api-key": "new" }, redirect: "error" });
    expect(canary.requests[0]?.url.href).toBe("https://api.example.com/canary");
    expect(pacing.sleeps).toEqual(new Array(6).fill(1000));
  });

  it.each(["time-out", "before", "after", 500] as const)("is proved after a canary that met %s once", async (fault) => {
    const { canary, strategy } = set();
    canary.fault = (_request, index) => (index === 2 ? fault : undefined);

    expect(await strategy.verify(async () => "new", "v2")).toBe("verified");
    expect(canary.requests).toHaveLength(6);
  });

  it.each(["time-out", "before", 403] as const)("fails in time on a canary that meets %s for ever", async (fault) => {
    const { canary, strategy, pacing } = set();
    canary.fault = () => fault;

    await expect(strategy.verify(async () => "new", "v2")).rejects.toMatchObject({
      name: "RotationError:not-verified",
    });
    expect(pacing.remainingMs()).toBeGreaterThanOrEqual(10_000);
  });

  it("is not made by a test of the configuration, which needs both lists", async () => {
    const { gateway, strategy } = set();

    await strategy.dryRun();
    expect(gateway.calls).toEqual(["GET /apikeys", "GET /usageplans/plan-1/keys"]);

    for (const call of [...gateway.calls]) {
      gateway.fault = (each) => (each === call ? "UnauthorizedException" : undefined);
      await expect(strategy.dryRun()).rejects.toMatchObject({ name: "UnauthorizedException" });
    }
  });
});
