import { inDependencyOrder } from "../../src/local/order";

const dependencies = new Map([
  ["service", ["network", "data"]],
  ["data", ["network"]],
  ["network", []],
  ["edge", ["network"]],
]);

describe("stacks are applied in dependency order", () => {
  it("starts a stack only after those it depends on, and unrelated ones side by side", async () => {
    const events: string[] = [];

    await inDependencyOrder(dependencies, async (stack) => {
      events.push(`+${stack}`);
      await new Promise((resolve) => setTimeout(resolve, stack === "data" ? 20 : 5));
      events.push(`-${stack}`);
    });

    expect(events).toEqual(["+network", "-network", "+data", "+edge", "-edge", "-data", "+service", "-service"]);
  });

  it("skips what depends on a failed stack, names it, and runs the rest", async () => {
    const outcomes = await inDependencyOrder(dependencies, async (stack) => {
      if (stack === "data") throw new Error("no such key");
      return stack.length;
    });

    expect(outcomes.get("data")).toEqual({ kind: "failed", error: new Error("no such key") });
    expect(outcomes.get("service")).toEqual({ kind: "skipped", waitedFor: ["data"] });
    expect(outcomes.get("edge")).toEqual({ kind: "done", value: 4 });
  });

  it("refuses a circle instead of waiting for ever", async () => {
    const circle = new Map([
      ["a", ["b"]],
      ["b", ["a"]],
    ]);

    await expect(inDependencyOrder(circle, async () => 0)).rejects.toThrow("circle: a, b, a");
  });
});
