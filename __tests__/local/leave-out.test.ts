import { mentions, type Unsupported, withoutUnsupported } from "../../src/local/leave-out";
import type { JsonObject } from "../../src/terraform/json";

const list: Unsupported[] = [
  { type: "aws_thing", reason: "create fails", emulatorVersion: "1.5.33", dropFrom: ["aws_function.thing_arn"] },
  { type: "aws_acl", onlyWith: "subnet_ids", reason: "subnets are refused", emulatorVersion: "1.5.33" },
];
const filter = (stack: JsonObject, lost: string[] = []) => withoutUnsupported("data", stack, list, lost);

describe("what the emulator cannot hold is removed, and nothing goes in silence", () => {
  it("removes a listed type with its reason and leaves the input as it was", () => {
    const stack = { resource: { aws_thing: { one: {} }, aws_queue: { q: { name: "q" } } } };

    const { stack: kept, leftOut } = filter(stack);

    expect(kept.resource).toEqual({ aws_queue: { q: { name: "q" } } });
    expect(leftOut).toEqual([{ address: "aws_thing.one", change: "removed", reason: "create fails" }]);
    expect(Object.keys(stack.resource)).toEqual(["aws_thing", "aws_queue"]);
  });

  it("removes a narrowed type only where the attribute is set", () => {
    const { stack } = filter({ resource: { aws_acl: { bare: {}, bound: { subnet_ids: ["subnet-1"] } } } });

    expect(stack.resource).toEqual({ aws_acl: { bare: {} } });
  });

  it("drops an ordering on a removed resource and keeps the resource", () => {
    const waiting = {
      name: "q",
      depends_on: ["aws_thing.one", "aws_queue.other"],
      lifecycle: { replace_triggered_by: ["aws_thing.one"] },
    };

    const { stack, leftOut } = filter({ resource: { aws_thing: { one: {} }, aws_queue: { q: waiting, other: {} } } });

    expect(stack.resource).toEqual({
      aws_queue: { q: { name: "q", depends_on: ["aws_queue.other"], lifecycle: {} }, other: {} },
    });
    expect(leftOut[1]).toEqual({
      address: "aws_queue.q",
      change: "rewired",
      reason: "depends_on, replace_triggered_by without aws_thing.one",
    });
  });

  it("drops an attribute that is optional by rule", () => {
    const { stack, leftOut } = filter({
      resource: { aws_thing: { one: {} }, aws_function: { f: { name: "f", thing_arn: `\${aws_thing.one.arn}` } } },
    });

    expect(stack.resource).toEqual({ aws_function: { f: { name: "f" } } });
    expect(leftOut[1]).toMatchObject({
      address: "aws_function.f",
      change: "rewired",
      reason: "thing_arn without aws_thing.one",
    });
  });

  it("removes whatever still points there, through data sources, to the end of the chain", () => {
    const { stack, leftOut } = filter({
      resource: {
        aws_thing: { one: {} },
        aws_role_policy: { p: { policy: `\${data.aws_policy.doc.json}` } },
        aws_queue: { q: {} },
      },
      data: { aws_policy: { doc: { resources: [`\${aws_thing.one.arn}/*`] } } },
    });

    expect(stack).toEqual({ resource: { aws_queue: { q: {} } }, data: {} });
    expect(leftOut.map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
      "aws_thing.one: create fails",
      "data.aws_policy.doc: points at aws_thing.one",
      "aws_role_policy.p: points at data.aws_policy.doc",
    ]);
  });

  it("follows a lost output into the stack that reads it", () => {
    const producer = filter({
      resource: { aws_thing: { one: {} } },
      output: { "thing-arn": { value: `\${aws_thing.one.arn}` } },
    });
    const consumer = filter(
      {
        resource: {
          aws_rule: {
            r: { arn: `\${data.terraform_remote_state.cross-stack-reference-input-data.outputs.thing-arn}` },
          },
        },
      },
      [...producer.lostReferences],
    );

    expect(producer.leftOut[1]?.address).toBe("output.thing-arn");
    expect(consumer.stack.resource).toEqual({});
    expect(consumer.leftOut[0]?.address).toBe("aws_rule.r");
  });

  it.each([
    [`\${aws_thing.log.arn}`, "aws_thing.log", true],
    [`\${aws_thing.log-2.arn}`, "aws_thing.log", false],
    [`\${data.aws_thing.log.arn}`, "aws_thing.log", false],
    [`\${jsonencode([aws_thing.log.arn])}`, "aws_thing.log", true],
  ])("%s points at %s: %s", (text, target, expected) => {
    expect(mentions({ deep: [text] }, target)).toBe(expected);
  });
});
