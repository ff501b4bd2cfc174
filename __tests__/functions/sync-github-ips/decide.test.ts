import fc from "fast-check";
import { parseCidr } from "../../../functions/sync-github-ips/cidr";
import { decide } from "../../../functions/sync-github-ips/decide";

const v4 = ["192.30.252.0/22", "185.199.108.0/22", "140.82.112.0/20", "143.55.64.0/20"];
const v6 = ["2a0a:a440::/29", "2606:50c0::/32"];
const present = { v4, v6 };
const empty = { v4: [], v6: [] };

describe("a range", () => {
  it.each([
    ["192.30.252.0/22", { family: "v4", prefixLength: 22, key: "v4 c01efc00/22" }],
    ["192.0.2.7/32", { family: "v4", prefixLength: 32, key: "v4 c0000207/32" }],
    ["0.0.0.0/0", { family: "v4", prefixLength: 0, key: "v4 0/0" }],
    ["::/0", { family: "v6", prefixLength: 0, key: "v6 0/0" }],
    ["::1/128", { family: "v6", prefixLength: 128, key: "v6 1/128" }],
    ["2606:50c0::/32", { family: "v6", prefixLength: 32, key: "v6 260650c0000000000000000000000000/32" }],
  ])("%s is read", (text, range) => {
    expect(parseCidr(text)).toEqual(range);
  });

  it.each([
    "2606:50C0::/32",
    "2606:50c0:0:0::/32",
    "2606:50c0:0:0:0:0:0:0/32",
    "2606:50c0:0000:0000:0000:0000:0000:0000/32",
  ])("is the same in AWS's spelling and in GitHub's: %s", (text) => {
    expect(parseCidr(text)?.key).toBe(parseCidr("2606:50c0::/32")?.key);
  });

  it.each([
    "",
    "192.30.252.0",
    "192.30.252.0/",
    "192.30.252.0/33",
    "192.30.252.0/-1",
    "192.30.252.0/22/22",
    "192.30.252.0/2 2",
    "192.30.252/22",
    "192.30.256.0/22",
    "192.30.252.5/22",
    " 192.30.252.0/22",
    "2606:50c0::/129",
    "2606:50c0::1/32",
    "2606:50c0::::/32",
    "fe80::%1/64",
    "::ffff:192.0.2.0/120",
    "github.com/22",
  ])("%j is none", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe("a list that is not believed", () => {
  it.each([
    ["nothing", undefined, "no-list"],
    ["null", null, "no-list"],
    ["a text", "192.30.252.0/22", "no-list"],
    ["an object", { 0: "192.30.252.0/22" }, "no-list"],
    ["an empty list", [], "no-list"],
    ["IPv6 alone", v6, "no-ipv4"],
    ["a word", [...v4, ...v6, "anywhere"], "not-a-range"],
    ["a number", [...v4, ...v6, 7], "not-a-range"],
    ["an address without its size", [...v4, ...v6, "192.0.2.1"], "not-a-range"],
    ["the whole internet", [...v4, ...v6, "0.0.0.0/0"], "too-broad"],
    ["half of it", [...v4, ...v6, "128.0.0.0/1"], "too-broad"],
    ["an IPv4 range of /7", [...v4, ...v6, "10.0.0.0/7"], "too-broad"],
    ["an IPv6 range of /15", [...v4, ...v6, "2606::/15"], "too-broad"],
  ])("%s", (_, hooks, reason) => {
    expect(decide(hooks, present)).toMatchObject({ kind: "refuse", reason });
    expect(decide(hooks, empty)).toMatchObject({ kind: "refuse", reason });
  });

  it("says what it holds, but never the whole of a long text", () => {
    expect(decide(["x".repeat(1000)], present)).toEqual({
      kind: "refuse",
      reason: "not-a-range",
      detail: "x".repeat(60),
    });
  });
});

describe("a change", () => {
  it("of nothing writes nothing, in whatever order and spelling", () => {
    const held = {
      v4: [...v4].reverse(),
      v6: ["2a0a:a440:0000:0000:0000:0000:0000:0000/29", "2606:50C0:0:0:0:0:0:0/32"],
    };

    expect(decide([...v6, ...v4, ...v4], held)).toEqual({ kind: "write", sets: {} });
  });

  it("is written into the set that it concerns, whole and without twins", () => {
    const added = "198.51.100.0/24";

    expect(decide([...v6, ...v4, added, added], present)).toEqual({ kind: "write", sets: { v4: [...v4, added] } });
    expect(decide([...v4, ...v6, "2001:db8::/32"], present)).toEqual({
      kind: "write",
      sets: { v6: [...v6, "2001:db8::/32"] },
    });
  });

  it("of exactly half is written: one of four exchanged for another", () => {
    const exchanged = [...v4.slice(1), "198.51.100.0/24"];

    expect(decide([...exchanged, ...v6], present)).toEqual({ kind: "write", sets: { v4: exchanged } });
  });

  it.each([
    [
      "three more than four",
      [...v4, "198.51.100.0/24", "203.0.113.0/24", "192.0.2.0/24"],
      v6,
      "3 added and 0 removed of 4 in v4",
    ],
    ["three of four gone", v4.slice(3), v6, "0 added and 3 removed of 4 in v4"],
    [
      "one exchanged and one more",
      [...v4.slice(1), "198.51.100.0/24", "192.0.2.0/24"],
      v6,
      "2 added and 1 removed of 4 in v4",
    ],
    ["another list altogether", ["198.51.100.0/24"], v6, "1 added and 4 removed of 4 in v4"],
    ["IPv6 gone", v4, [], "0 added and 2 removed of 2 in v6"],
  ])("of more than half is refused: %s", (_, newV4, newV6, detail) => {
    expect(decide([...newV4, ...newV6], present)).toEqual({ kind: "refuse", reason: "too-much-at-once", detail });
  });

  it("that is refused in one set is not written into the other", () => {
    expect(decide([...v4, "198.51.100.0/24", "2001:db8::/32"], present)).toMatchObject({ kind: "refuse" });
  });

  it("may fill what is empty", () => {
    expect(decide([...v4, ...v6], empty)).toEqual({ kind: "write", sets: { v4, v6 } });
    expect(decide([...v4, ...v6], { v4, v6: [] })).toEqual({ kind: "write", sets: { v6 } });
  });
});

it("no list of any kind empties a set, or lets more than half of it change", () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 32 }))
    .map(([part, length]) => `${part}.0.0.0/${length}`);
  const hooks = fc.array(fc.oneof(fc.constantFrom(...v4, ...v6), range, fc.string(), fc.integer()), { maxLength: 12 });

  fc.assert(
    fc.property(hooks, (list) => {
      const decision = decide(list, present);
      if (decision.kind === "refuse") return;
      const after = new Set(decision.sets.v4 ?? v4);
      const kept = v4.filter((each) => after.has(each)).length;
      expect(after.size).toBeGreaterThan(0);
      expect(after.size - kept + v4.length - kept).toBeLessThanOrEqual(2);
      for (const each of after) expect(Number(each.split("/")[1])).toBeGreaterThanOrEqual(8);
    }),
    { numRuns: 500 },
  );
});
