import type { Family } from "../../../functions/sync-github-ips/cidr";
import { syncGithubIps } from "../../../functions/sync-github-ips/sync";
import type { ListChange } from "../../../functions/sync-github-ips/sync-list";
import { recorder } from "../support/http-events";

const v4 = ["192.30.252.0/22", "185.199.108.0/22", "140.82.112.0/20", "143.55.64.0/20"];
const v6 = ["2a0a:a440::/29", "2606:50c0::/32"];
const newV4 = [...v4, "198.51.100.0/24"];
const newV6 = [...v6, "2001:db8::/32"];

interface World {
  readonly hooks?: unknown;
  readonly held?: Readonly<Record<Family, readonly string[]>>;
  /** Writes that find their token spent, counted from 1; what somebody else wrote meanwhile is in `meanwhile`. */
  readonly lost?: readonly number[];
  readonly meanwhile?: readonly string[];
  readonly published?: () => Promise<never>;
  readonly api?: unknown;
  /** What the list of a security group holds; absent where there is none. */
  readonly list?: readonly string[];
  readonly maxEntries?: number;
}

async function synced(world: World) {
  const { hooks, held = { v4, v6 }, lost = [], meanwhile, published, api, list, maxEntries = 34 } = world;
  const seen = recorder();
  const sets: Record<Family, readonly string[]> = { ...held };
  const tokens: Record<Family, number> = { v4: 1, v6: 1 };
  const events: string[] = [];
  const changes: ListChange[] = [];
  let writes = 0;
  const run = syncGithubIps({
    published: published ?? (async () => ({ hooks, api })),
    sets: {
      read: async (family) => ({ addresses: sets[family], lockToken: `${family}-${tokens[family]}` }),
      write: async (family, addresses, lockToken) => {
        writes += 1;
        if (lost.includes(writes)) {
          tokens[family] += 1;
          if (meanwhile) sets[family] = meanwhile;
        }
        if (lockToken !== `${family}-${tokens[family]}`)
          throw Object.assign(new Error("The token is spent."), { name: "WAFOptimisticLockException" });
        tokens[family] += 1;
        sets[family] = addresses;
        events.push(`write ${family}`);
      },
      pause: async () => void events.push("pause"),
    },
    list: list && {
      read: async () => ({ addresses: list, version: 7, maxEntries }),
      write: async (change) => void changes.push(change),
    },
    record: seen.record,
    log: seen.log,
  });
  const error: unknown = await run.then(
    () => undefined,
    (reason) => reason,
  );
  return { ...seen, sets, events, error, changes };
}

const refused = (sample: number) => ({
  dimension: "Service",
  value: "sync-github-ips",
  samples: { GithubIpsRefused: sample },
});

describe("a run", () => {
  it("writes nothing where nothing changed", async () => {
    const { events, error, samples } = await synced({ hooks: [...v6, ...v4] });

    expect(error).toBeUndefined();
    expect(events).toEqual([]);
    expect(samples).toEqual([refused(0)]);
  });

  it("writes the one set that changed, at once", async () => {
    const { events, sets, lines } = await synced({ hooks: [...newV4, ...v6] });

    expect(events).toEqual(["write v4"]);
    expect(sets).toEqual({ v4: newV4, v6 });
    expect(lines).toEqual([{ level: "info", message: "ip-set-written", fields: { family: "v4", addresses: newV4 } }]);
  });

  it("waits between two writes, which AWS WAF would otherwise refuse", async () => {
    const { events, sets } = await synced({ hooks: [...newV4, ...newV6] });

    expect(events).toEqual(["write v4", "pause", "write v6"]);
    expect(sets).toEqual({ v4: newV4, v6: newV6 });
  });
});

describe("a list that is not believed", () => {
  it.each([
    ["no list", undefined, "no-list"],
    ["no IPv4", v6, "no-ipv4"],
    ["the internet", [...v4, ...v6, "0.0.0.0/0"], "too-broad"],
    ["another list altogether", ["198.51.100.0/24", ...v6], "too-much-at-once"],
  ])("fails the run, says why, is measured, and leaves both sets: %s", async (_, hooks, reason) => {
    const { events, sets, error, samples, lines } = await synced({ hooks });

    expect(error).toMatchObject({ name: "RefusedListError", message: expect.stringContaining(`refused: ${reason}`) });
    expect(lines).toEqual([
      { level: "error", message: "github-ips-refused", fields: expect.objectContaining({ reason }) },
    ]);
    expect(samples).toEqual([refused(1)]);
    expect(events).toEqual([]);
    expect(sets).toEqual({ v4, v6 });
  });
});

describe("a set that somebody else wrote meanwhile", () => {
  it("is read and judged again", async () => {
    const { error, events, sets, lines } = await synced({ hooks: [...newV4, ...newV6], lost: [2] });

    expect(error).toBeUndefined();
    expect(events).toEqual(["write v4", "pause", "pause", "write v6"]);
    expect(sets).toEqual({ v4: newV4, v6: newV6 });
    expect(lines.map(({ message }) => message)).toContain("ip-set-written-meanwhile");
  });

  it("is not overwritten where that would now be too much at once", async () => {
    const { error, events, sets } = await synced({ hooks: [...newV4, ...v6], lost: [1], meanwhile: ["192.0.2.0/24"] });

    expect(error).toMatchObject({ name: "RefusedListError" });
    expect(events).toEqual(["pause"]);
    expect(sets.v4).toEqual(["192.0.2.0/24"]);
  });

  it("fails the run the second time", async () => {
    const { error, events, sets } = await synced({ hooks: [...newV4, ...v6], lost: [1, 2] });

    expect(error).toMatchObject({ name: "WAFOptimisticLockException" });
    expect(events).toEqual(["pause"]);
    expect(sets).toEqual({ v4, v6 });
  });
});

describe("the list of a security group", () => {
  const hooks = [...v4, ...v6];

  it("is brought to the IPv4 addresses of GitHub's API, by what came and what went", async () => {
    const { changes, error, lines } = await synced({
      hooks,
      api: ["192.30.252.0/22", "4.208.26.200/32", ...v4.slice(1, 3), ...v6],
      list: v4,
    });

    expect(error).toBeUndefined();
    expect(changes).toEqual([{ added: ["4.208.26.200/32"], removed: ["143.55.64.0/20"], version: 7 }]);
    expect(lines.map(({ message }) => message)).toEqual(["prefix-list-written"]);
  });

  it("is not written where nothing changed", async () => {
    const { changes, error, samples } = await synced({ hooks, api: [...v6, ...v4], list: v4 });

    expect(error).toBeUndefined();
    expect(changes).toEqual([]);
    expect(samples).toEqual([refused(0)]);
  });

  it.each([
    ["no list", undefined, "no-list"],
    ["the internet", [...v4, "0.0.0.0/0"], "too-broad"],
    ["another list altogether", ["198.51.100.0/24"], "too-much-at-once"],
    ["more than the group has room for", newV4, "does-not-fit"],
  ])("is left as it is where %s is published for the API, and the run fails", async (_, api, reason) => {
    const { changes, error, samples, lines } = await synced({ hooks, api, list: v4, maxEntries: 4 });

    expect(changes).toEqual([]);
    expect(error).toMatchObject({ name: "RefusedListError", reason });
    expect(samples).toEqual([refused(1)]);
    expect(lines).toEqual([
      { level: "error", message: "github-ips-refused", fields: expect.objectContaining({ list: "api", reason }) },
    ]);
  });

  it("is written although the sets of the firewall cannot be, and the run fails all the same", async () => {
    const { changes, events, error, lines } = await synced({
      hooks: [...newV4, ...v6],
      lost: [1, 2],
      api: newV4,
      list: v4,
    });

    expect(events).toEqual(["pause"]);
    expect(changes).toEqual([{ added: ["198.51.100.0/24"], removed: [], version: 7 }]);
    expect(error).toMatchObject({ name: "WAFOptimisticLockException" });
    expect(lines.map(({ message }) => message)).toEqual([
      "ip-set-written-meanwhile",
      "github-ips-not-written",
      "prefix-list-written",
    ]);
  });
});

it("without an answer of GitHub nothing is read, written or measured as refused", async () => {
  const silent = async () => Promise.reject(new Error("GitHub answered 503 to /meta."));

  const { error, events, samples } = await synced({ published: silent });

  expect(error).toMatchObject({ message: "GitHub answered 503 to /meta." });
  expect([events, samples]).toEqual([[], []]);
});
