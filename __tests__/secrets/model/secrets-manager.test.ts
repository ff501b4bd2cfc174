import { type SecretsManager, secretsManager } from "../../../src/secrets/model/secrets-manager";

const knobs = { firstValueGetsCurrent: true, labelMovesChangeDate: false };
const clock = { now: 0 };

function secret(change: Partial<typeof knobs> = {}): SecretsManager {
  clock.now = 0;
  return secretsManager(() => clock.now, { ...knobs, ...change });
}

const stages = (of: SecretsManager) => of.describe().stages;
const named = (name: string) => expect.objectContaining({ name });

describe("PutSecretValue", () => {
  it("moves AWSCURRENT where no label is named, and AWSPREVIOUS after it", () => {
    const it = secret();
    it.putSecretValue("a", "1");
    it.putSecretValue("b", "2");

    expect(stages(it)).toEqual({ a: ["AWSPREVIOUS"], b: ["AWSCURRENT"] });
  });

  it("with the same token and value changes nothing, with another value is refused", () => {
    const it = secret();
    it.putSecretValue("a", "1");
    const before = it.revision();
    it.putSecretValue("a", "1", ["AWSPENDING"]);

    expect(it.revision()).toBe(before);
    expect(() => it.putSecretValue("a", "2")).toThrow(named("ResourceExistsException"));
  });

  it.each([
    [true, ["AWSPENDING", "AWSCURRENT"]],
    [false, ["AWSPENDING"]],
  ])("gives the first value AWSCURRENT as well, by the knob: %p", (firstValueGetsCurrent, labels) => {
    const it = secret({ firstValueGetsCurrent });
    it.beginRotation("a");
    it.putSecretValue("a", "1", ["AWSPENDING"]);

    expect(stages(it)).toEqual({ a: labels });
  });

  it("takes AWSPENDING from the version of a rotation under way", () => {
    const it = secret();
    it.putSecretValue("a", "1");
    it.beginRotation("b");
    it.putSecretValue("b", "2", ["AWSPENDING"]);
    it.putSecretValue("c", "3");

    expect(stages(it)).toEqual({ a: ["AWSPREVIOUS"], c: ["AWSCURRENT"] });
  });

  it("does not give an id to a second value when the first has been collected", () => {
    const it = secret();
    it.putSecretValue("a", "1");
    it.beginRotation("b");
    it.putSecretValue("b", "2", ["AWSPENDING"]);
    it.putSecretValue("c", "3");

    expect(() => it.getSecretValue("b")).toThrow(named("ResourceNotFoundException"));
    expect(() => it.putSecretValue("b", "4")).toThrow(named("ResourceExistsException"));
  });
});

describe("GetSecretValue", () => {
  it("knows no version without a value", () => {
    const it = secret();
    it.beginRotation("a");

    expect(stages(it)).toEqual({ a: ["AWSPENDING"] });
    expect(() => it.getSecretValue("a")).toThrow(named("ResourceNotFoundException"));
    expect(() => it.getSecretValue("z")).toThrow(named("ResourceNotFoundException"));
  });

  it("gives what was written as long ago as reads are behind", () => {
    const it = secret();
    it.putSecretValue("a", "1");
    clock.now = 4_000;

    expect(() => it.getSecretValue("a", 5_000)).toThrow(named("ResourceNotFoundException"));
    expect(it.getSecretValue("a", 4_000)).toEqual({ secretString: "1", createdAt: new Date(0) });
  });
});

describe("UpdateSecretVersionStage", () => {
  const two = () => {
    const it = secret();
    it.putSecretValue("a", "1");
    it.putSecretValue("b", "2");
    it.updateSecretVersionStage("LIVE", { to: "a" });
    return it;
  };

  it.each([
    ["a label from where it is not", "LIVE", { to: "b", from: "b" }],
    ["a label from where it is not, though it is there already", "LIVE", { to: "a", from: "b" }],
    ["a held label without its holder", "LIVE", { to: "b" }],
    ["AWSCURRENT to nowhere", "AWSCURRENT", { from: "b" }],
  ])("does not move %s", (_, label, change) => {
    const it = two();

    expect(() => it.updateSecretVersionStage(label, change)).toThrow(named("InvalidParameterException"));
    expect(stages(it)).toEqual({ a: ["AWSPREVIOUS", "LIVE"], b: ["AWSCURRENT"] });
  });

  it("does not put a label on a version that is not there", () => {
    expect(() => two().updateSecretVersionStage("APPLYING", { to: "z" })).toThrow(named("ResourceNotFoundException"));
  });

  it("moves, removes, and draws AWSPREVIOUS after AWSCURRENT", () => {
    const it = two();
    it.updateSecretVersionStage("LIVE", { to: "b", from: "a" });
    it.updateSecretVersionStage("AWSCURRENT", { to: "a", from: "b" });
    it.updateSecretVersionStage("LIVE", { from: "b" });

    expect(stages(it)).toEqual({ a: ["AWSCURRENT"], b: ["AWSPREVIOUS"] });
  });

  it.each([
    [true, new Date(7_000)],
    [false, new Date(0)],
  ])("changes the date of the last change by the knob: %p", (labelMovesChangeDate, lastChangedAt) => {
    const it = secret({ labelMovesChangeDate });
    it.putSecretValue("a", "1");
    clock.now = 7_000;
    it.updateSecretVersionStage("LIVE", { to: "a" });

    expect(it.describe().lastChangedAt).toEqual(lastChangedAt);
  });
});

describe("RotateSecret", () => {
  const begun = () => {
    const it = secret();
    it.putSecretValue("a", "1");
    it.beginRotation("b");
    return it;
  };

  it("does not begin while another version is pending", () => {
    expect(() => begun().beginRotation("c")).toThrow(named("InvalidRequestException"));
  });

  it("begins where the pending version is the current one", () => {
    const it = secret();
    it.putSecretValue("a", "1", ["AWSPENDING", "AWSCURRENT"]);
    it.beginRotation("b");

    expect(stages(it)).toEqual({ a: ["AWSCURRENT"], b: ["AWSPENDING"] });
  });

  it.each([
    [true, ["AWSPENDING"]],
    [false, undefined],
  ])("leaves AWSPENDING behind by the knob: %p", (leavePending, labels) => {
    const it = begun();
    it.putSecretValue("b", "2", ["AWSPENDING"]);
    clock.now = 9_000;
    it.endRotation("b", leavePending);

    expect(stages(it).b).toEqual(labels);
    expect(it.describe().lastRotatedAt).toEqual(new Date(9_000));
  });

  it("that is cancelled leaves every label and says that it is off", () => {
    const it = begun();
    it.cancelRotation();

    expect(it.describe()).toMatchObject({ rotationEnabled: false, stages: { a: ["AWSCURRENT"], b: ["AWSPENDING"] } });
  });
});
