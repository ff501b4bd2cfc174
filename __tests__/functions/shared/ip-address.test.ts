import fc from "fast-check";
import { ipAddress, ipRange } from "../../../functions/shared/ip-address";

describe("an address is a number", () => {
  it.each([
    ["0.0.0.0", 0n, 32],
    ["192.0.2.7", 0xc0000207n, 32],
    ["::", 0n, 128],
    ["::1", 1n, 128],
    ["2001:db8::", 0x20010db8n << 96n, 128],
    ["2001:DB8:0:0:0:0:0:0", 0x20010db8n << 96n, 128],
    ["2001:db8::1:2", (0x20010db8n << 96n) | 0x10002n, 128],
    ["1:2:3:4:5:6:7:8", 0x00010002000300040005000600070008n, 128],
    ["::ffff:192.0.2.7", 0xffffc0000207n, 128],
  ])("%s", (text, value, bits) => {
    expect(ipAddress(text)).toEqual({ value, bits });
  });

  it("whichever zeros an IPv6 address leaves out", () => {
    const group = fc.constantFrom(0, 0, 1, 0xdb8, 0xffff);
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const full = groups.map((each) => each.toString(16)).join(":");
        const value = BigInt(`0x${groups.map((each) => each.toString(16).padStart(4, "0")).join("")}`);
        const short = new URL(`http://[${full}]`).hostname.slice(1, -1);

        expect([ipAddress(full), ipAddress(short)]).toEqual([
          { value, bits: 128 },
          { value, bits: 128 },
        ]);
      }),
    );
  });
});

it.each(["", "192.0.2", "192.0.2.256", " 192.0.2.1", "fe80::1%1", "1::2::3", ":::", "host"])("%j is none", (text) => {
  expect(ipAddress(text)).toBeUndefined();
});

describe("a range", () => {
  it("keeps the bits behind its prefix", () => {
    expect(ipRange("192.0.2.7/24")).toEqual({ value: 0xc0000207n, bits: 32, prefixLength: 24 });
    expect(ipRange("::/0")).toEqual({ value: 0n, bits: 128, prefixLength: 0 });
  });

  it.each(["192.0.2.0", "192.0.2.0/", "192.0.2.0/33", "::/129", "192.0.2.0/2/4", "192.0.2.0/-1", "/24"])(
    "%s is none",
    (text) => {
      expect(ipRange(text)).toBeUndefined();
    },
  );
});
