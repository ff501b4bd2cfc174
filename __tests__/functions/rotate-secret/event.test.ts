import { readEvent } from "../../../functions/rotate-secret/event";

const token = "0123456789abcdef0123456789abcdef";
const step = { Step: "createSecret", SecretId: "arn:one", ClientRequestToken: token };

describe("an event", () => {
  it.each(["createSecret", "setSecret", "testSecret", "finishSecret"])("of Secrets Manager is its step %s", (Step) => {
    expect(readEvent({ ...step, Step })).toEqual({ task: Step, secretArn: "arn:one", attempt: { token } });
  });

  it("carries the rotation token on, and fields nobody knows do not matter", () => {
    const event = { ...step, RotationToken: "r", Region: "x", action: "repair" };

    expect(readEvent(event)).toEqual({
      task: "createSecret",
      secretArn: "arn:one",
      attempt: { token, rotationToken: "r" },
    });
  });

  it("of the auditor asks for a repair or an adoption", () => {
    expect(readEvent({ SecretId: "arn:one", action: "repair", extra: 1 })).toEqual({
      task: "repair",
      secretArn: "arn:one",
    });
    expect(readEvent({ SecretId: "arn:one", action: "adopt", confirmed: true })).toEqual({
      task: "adopt",
      secretArn: "arn:one",
      confirmed: true,
    });
  });

  it.each([32, 64])("has a token of %s characters", (length) => {
    expect(readEvent({ ...step, ClientRequestToken: "t".repeat(length) })).toMatchObject({ task: "createSecret" });
  });

  it.each([
    ["nothing", undefined, "unreadable"],
    ["a text", "createSecret", "unreadable"],
    ["no secret", { ...step, SecretId: undefined }, "unreadable"],
    ["an empty secret", { ...step, SecretId: "" }, "unreadable"],
    ["the guide's name of the step", { ...step, Step: "create_secret" }, "unknown-step"],
    ["a step of an object's own", { ...step, Step: "constructor" }, "unknown-step"],
    ["no step's name", { ...step, Step: null, action: "repair" }, "unknown-step"],
    ["no token", { ...step, ClientRequestToken: undefined }, "no-token"],
    ["a token too short", { ...step, ClientRequestToken: "t".repeat(31) }, "no-token"],
    ["a token too long", { ...step, ClientRequestToken: "t".repeat(65) }, "no-token"],
    ["a rotation token that is no text", { ...step, RotationToken: 1 }, "no-token"],
    ["no task at all", { SecretId: "arn:one" }, "unknown-action"],
    ["another action", { SecretId: "arn:one", action: "delete" }, "unknown-action"],
    [
      "an adoption that does not say whether it is confirmed",
      { SecretId: "arn:one", action: "adopt" },
      "unknown-action",
    ],
  ])("with %s is refused", (_what, event, refusal) => {
    expect(() => readEvent(event)).toThrow(expect.objectContaining({ name: `EventRefused:${refusal}` }));
  });
});
