import { deliveryLog } from "../../../functions/webhook/deliveries";
import { fault } from "../support/fake-aws";
import { FakeTable } from "../support/fake-table";

const start = 1_772_452_800;
const delivery = { source: "github", guid: "guid-1", bodySha256: "aa" } as const;

function log() {
  const table = new FakeTable();
  const clock = { now: start };
  return { table, clock, deliveries: deliveryLog(table.documents, "deliveries", () => clock.now) };
}

describe("a delivery", () => {
  it("is taken by one attempt, under its GUID and under its body, until the lease ends", async () => {
    const { table, deliveries } = log();

    expect(await deliveries.begin(delivery)).toBe("begun");
    expect(await deliveries.begin(delivery)).toBe("in-progress");

    const leased = { status: "IN_PROGRESS", leaseUntil: start + 60 };
    expect(table.item("D#github#guid-1", "#")).toMatchObject({ ...leased, expiresAt: start + 4 * 86_400 });
    expect(table.item("B#github#aa", "#")).toMatchObject({ ...leased, expiresAt: start + 35 * 86_400 });
  });

  it("that a crashed attempt left behind is taken over after the lease, not before", async () => {
    const { clock, deliveries } = log();
    await deliveries.begin(delivery);

    clock.now = start + 59;
    expect(await deliveries.begin(delivery)).toBe("in-progress");
    clock.now = start + 60;
    expect(await deliveries.begin(delivery)).toBe("begun");
  });

  it("is free at once where its attempt gave it back", async () => {
    const { deliveries } = log();
    await deliveries.begin(delivery);
    await deliveries.abandon(delivery);

    expect(await deliveries.begin(delivery)).toBe("begun");
  });

  it.each([
    ["the same delivery again", delivery],
    ["the same body under a new GUID", { ...delivery, guid: "guid-2" }],
    ["the same body without a GUID", { source: "github", bodySha256: "aa" } as const],
    ["the same GUID from a second hook with a body of its own", { ...delivery, bodySha256: "bb" }],
  ])("that is done drops %s", async (_what, again) => {
    const { deliveries } = log();
    await deliveries.begin(delivery);
    await deliveries.finish(delivery);

    expect(await deliveries.begin(again)).toBe("done");
  });

  it("leaves nothing behind where it is refused", async () => {
    const { table, deliveries } = log();
    await deliveries.begin(delivery);

    await deliveries.begin({ ...delivery, guid: "guid-2" });

    expect(table.item("D#github#guid-2", "#")).toBeUndefined();
  });

  it("of one sender says nothing about the other", async () => {
    const { deliveries } = log();
    await deliveries.begin({ source: "github", bodySha256: "aa" });

    expect(await deliveries.begin({ source: "spacelift", bodySha256: "aa" })).toBe("begun");
  });

  it("is not taken for known where the table answers a fault", async () => {
    const { table, deliveries } = log();
    table.faultOn = () => fault("ProvisionedThroughputExceededException");

    await expect(deliveries.begin(delivery)).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
  });
});

describe("the version that signed last", () => {
  it("is written when it changes and once an hour", async () => {
    const { table, clock, deliveries } = log();
    const seen = async (versionId: string) => {
      await deliveries.keySeen("github", versionId);
      return table.operations.length;
    };

    expect(await seen("v1")).toBe(1);
    clock.now = start + 3599;
    expect(await seen("v1")).toBe(1);
    clock.now = start + 3600;
    expect(await seen("v1")).toBe(2);
    expect(await seen("v2")).toBe(3);
    expect(table.item("K#github", "#")).toEqual({ pk: "K#github", sk: "#", versionId: "v2", at: start + 3600 });
  });

  it("is written again where the write failed", async () => {
    const { table, deliveries } = log();
    table.faultOn = () => fault("InternalServerError");
    await deliveries.keySeen("github", "v1").catch(() => undefined);
    table.faultOn = () => undefined;

    await deliveries.keySeen("github", "v1");

    expect(table.item("K#github", "#")).toMatchObject({ versionId: "v1" });
  });
});
