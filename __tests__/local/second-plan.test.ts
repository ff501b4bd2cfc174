import { compareDrift, type SecondPlan } from "../../src/local/second-plan";

const change = (type: string, change: object, mode = "managed") => ({ address: `${type}.x`, mode, type, change });
const plan = (...resource_changes: object[]) => new Map([["data", { resource_changes } as SecondPlan]]);
const update = (before: object, after: object, more: object = {}) => ({ actions: ["update"], before, after, ...more });
const known = [{ type: "aws_alarm", attributes: ["period"], reason: "not stored" }];

describe("the second plan shows nothing but listed drift", () => {
  it("accepts a listed attribute and ignores what stays as it is", () => {
    const report = compareDrift(
      plan(
        change("aws_alarm", update({ period: null, name: "a" }, { period: 60, name: "a" })),
        change("aws_queue", { actions: ["no-op"] }),
      ),
      known,
    );

    expect(report).toEqual({
      listed: [{ stack: "data", address: "aws_alarm.x", type: "aws_alarm", attributes: ["period"] }],
      unlisted: [],
      stale: [],
    });
  });

  it.each([
    [
      "another attribute of a listed type",
      change("aws_alarm", update({ period: null, name: "a" }, { period: 60, name: "b" })),
      ["name", "period"],
    ],
    ["the same attribute of another type", change("aws_rule", update({ period: 1 }, { period: 60 })), ["period"]],
    [
      "an attribute that is not known before the apply",
      change("aws_alarm", update({ id: "1" }, {}, { after_unknown: { id: true } })),
      ["id"],
    ],
    [
      "a replacement",
      change("aws_alarm", { actions: ["delete", "create"], before: {}, after: {}, replace_paths: [["name"]] }),
      ["name"],
    ],
    [
      "a resource that is gone",
      change("aws_alarm", { actions: ["create"], before: null, after: { period: 60 } }),
      ["(create)"],
    ],
    [
      "a resource that would be deleted",
      change("aws_alarm", { actions: ["delete"], before: {}, after: null }),
      ["(delete)"],
    ],
  ])("reports %s", (_, changed, attributes) => {
    const { unlisted } = compareDrift(plan(changed), known);

    expect(unlisted).toEqual([{ stack: "data", address: changed.address, type: changed.type, attributes }]);
  });

  it("reports an output that would change, but not a data source that is read again", () => {
    const plans = new Map([
      [
        "data",
        {
          resource_changes: [change("aws_policy", { actions: ["read"], before: null, after: {} }, "data")],
          output_changes: { key: { actions: ["update"], before: "a", after: "b" } },
        } as SecondPlan,
      ],
    ]);

    expect(compareDrift(plans, []).unlisted.map(({ address }) => address)).toEqual(["output.key"]);
  });

  it("reports a listed attribute that no longer drifts, even where its neighbour does", () => {
    const list = [{ type: "aws_alarm", attributes: ["period", "unit"], reason: "not stored" }];

    const { stale } = compareDrift(plan(change("aws_alarm", update({ period: null }, { period: 60 }))), list);

    expect(stale).toEqual(["aws_alarm.unit"]);
  });
});
