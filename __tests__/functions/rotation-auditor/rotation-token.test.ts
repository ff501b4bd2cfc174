import { nameBasedUuid, rotationToken } from "../../../functions/rotation-auditor/rotation-token";

const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:github-webhook-AbCdEf";
const at = (text: string) => new Date(text);

describe("a name-based UUID", () => {
  it("is the one of RFC 9562, appendix A.4", () => {
    expect(nameBasedUuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe(
      "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    );
  });
});

describe("the token of a rotation", () => {
  it.each([
    ["check", "2026-03-04T05:00:00.000Z", "2026-03-04T05:59:59.999Z"],
    ["rotate", "2026-03-04T00:00:00.000Z", "2026-03-04T23:59:59.999Z"],
  ] as const)("is the same for a trigger of %s that arrives twice", (mode, first, second) => {
    expect(rotationToken(arn, mode, at(second))).toBe(rotationToken(arn, mode, at(first)));
  });

  it("differs by secret, by kind of trigger and by slot", () => {
    const tokens = [
      rotationToken(arn, "check", at("2026-03-04T05:00:00Z")),
      rotationToken(arn, "check", at("2026-03-04T06:00:00Z")),
      rotationToken(arn, "rotate", at("2026-03-04T05:00:00Z")),
      rotationToken(arn, "rotate", at("2026-03-05T05:00:00Z")),
      rotationToken(`${arn}x`, "check", at("2026-03-04T05:00:00Z")),
    ];

    expect(new Set(tokens).size).toBe(5);
    for (const token of tokens)
      expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
