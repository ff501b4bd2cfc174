import { randomBytes } from "node:crypto";
import { genericRandom } from "../../../../functions/rotate-secret/strategies/generic-random";
import { randomText } from "../../../../functions/rotate-secret/strategies/random-text";

describe("a random text", () => {
  it("takes each character from as many bytes as every other", () => {
    const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const bytes = [everyByte, Uint8Array.from([255, 254, 253, 252])];
    const text = randomText(248 + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", (count) =>
      bytes.length > 0 ? (bytes.shift() ?? everyByte) : new Uint8Array(count),
    );

    const counts = new Map<string, number>();
    for (const character of text.slice(0, 248)) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect([...counts.values()]).toEqual(new Array(62).fill(4));
    expect(text.slice(248)).toBe("A");
  });

  it("has the length asked for even where many bytes are thrown away", () => {
    expect(randomText(500, "abc", randomBytes)).toMatch(/^[abc]{500}$/);
  });

  it("may use a whole byte", () => {
    const alphabet = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code + 0x100));

    expect(randomText(2, alphabet, () => Uint8Array.from([0, 255]))).toBe("\u0100\u01ff");
  });
});

describe("a secret that only its readers use", () => {
  const strategy = genericRandom({ length: 24, alphabet: "01", randomBytes });

  it("is made new each time, of its own alphabet", async () => {
    const first = await strategy.create("v1");

    expect(first).toMatch(/^[01]{24}$/);
    expect(await strategy.create("v1")).not.toBe(first);
  });

  it("has nobody to set and nobody to ask", async () => {
    await strategy.apply("value", "v1");
    await strategy.dryRun();

    expect(await strategy.verify(() => Promise.reject(new Error("read")), "v1")).toBe("verified");
  });
});
