import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Check } from "../../src/cli/checks";
import { exitingOnConfigError } from "../../src/cli/environment";
import type { Example } from "../../src/cli/examples";
import { outcomeOf } from "../../src/cli/outcome-of";
import { loadEnvironment } from "../../src/config/load";
import { number } from "../../src/terraform/blocks";
import { managedResources } from "../../src/terraform/estate";
import { readSynthesis } from "../../src/terraform/read";
import { UnreadableError } from "../../src/terraform/unreadable";

const fixture = join(__dirname, "../terraform/fixtures/synthesis");

/** A synthesis of which one file holds this text instead. */
function broken(name: string, content: string) {
  const folder = mkdtempSync(join(tmpdir(), "bad-synthesis-"));
  cpSync(fixture, folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return { folder, file: join(folder, name) };
}

/** What a command prints that does this, and how its process ends. */
async function ended(work: () => void) {
  const printed: string[] = [];
  const error = jest.spyOn(console, "error").mockImplementation((line) => void printed.push(line));
  const exit = jest.spyOn(process, "exit").mockImplementation();
  await exitingOnConfigError(work);
  const codes = exit.mock.calls.flat();
  error.mockRestore();
  exit.mockRestore();
  return { printed, codes };
}

describe("a synthesis is refused with 2 and in one sentence, not by a stack trace, where", () => {
  const stack = "stacks/service/cdk.tf.json";

  it.each([
    ["a stack is a list", stack, "[]", "✖ it must be an object"],
    ["a stack is a number", stack, "7", "✖ it must be an object"],
    ["a stack is a text", stack, '"resource"', "✖ it must be an object"],
    [
      "a stack holds a provider alone",
      stack,
      '{"provider":{"aws":[{"region":"us-east-1"}]}}',
      "service: it holds no resource and no data source",
    ],
    ["a stack is empty", stack, "{}", "service: it holds no resource, no data source and no provider"],
    [
      "a stack has a text for its resources",
      stack,
      '{"resource":{"aws_sqs_queue":"reviews"}}',
      'resource.aws_sqs_queue: "reviews" stands where a block is expected',
    ],
    [
      "a stack goes round in a circle",
      stack,
      JSON.stringify({ resource: { aws_sqs_queue: { a: { name: "${aws_sqs_queue.a.name}" } } } }),
      "aws_sqs_queue.a: it refers back to itself",
    ],
    [
      "the manifest has a list of stacks",
      "manifest.json",
      '{"stacks":[]}',
      "✖ Invalid input: expected record, received array\n  → at stacks",
    ],
  ])("%s", async (_, name, content, reason) => {
    const { folder, file } = broken(name, content);

    expect(await ended(() => void readSynthesis(folder))).toEqual({
      printed: [`${file} cannot be read as synthesized by CDKTF: ${reason}`],
      codes: [2],
    });
  });

  /** What comes after is the parser's own word for it, which differs from one Node.js to the next. */
  it.each([
    ["a stack is no JSON", "resource {}"],
    ["a stack is cut off", readFileSync(join(fixture, stack), "utf8").slice(0, 4000)],
    ["a stack is blank", ""],
  ])("%s", async (_, content) => {
    const { folder, file } = broken(stack, content);

    expect(await ended(() => void readSynthesis(folder))).toEqual({
      printed: [expect.stringMatching(`^${file} cannot be read as synthesized by CDKTF: .*JSON`)],
      codes: [2],
    });
  });

  it("a command meets what it cannot read", async () => {
    const work = () => {
      throw new UnreadableError("aws_backup_plan.main", "its schedule is a riddle");
    };

    expect(await ended(work)).toEqual({ printed: ["aws_backup_plan.main: its schedule is a riddle"], codes: [2] });
  });
});

it("a fault of ours keeps its stack trace", async () => {
  const fault = () => {
    throw new TypeError("x is not a function");
  };

  await expect(exitingOnConfigError(fault)).rejects.toThrow("x is not a function");
});

describe("a check that meets what it cannot read", () => {
  const example: Example = {
    name: "production",
    config: loadEnvironment("production"),
    synthesis: readSynthesis(fixture),
  };
  const asking = (read: Check["judge"]): Check => ({ id: "x", question: "Is it so?", judge: read });

  it("is broken, and says where", async () => {
    const reading = asking(({ synthesis: { estate } }) => {
      const [table] = managedResources(estate, "aws_dynamodb_table");
      if (table) number(table, "name");
      return { looked: "tables", findings: [], accepted: [] };
    });

    expect(await outcomeOf(reading, example)).toEqual({
      looked: "nothing, as the JSON cannot be read",
      findings: [expect.stringMatching(/^aws_dynamodb_table\.reviews_table_B3E13645\.name: a number is wanted, not "/)],
      accepted: [],
    });
  });

  it("that answers later is broken too", async () => {
    const reading = asking(async () => {
      await Promise.resolve();
      throw new UnreadableError("aws_backup_plan.main", "its schedule is a riddle");
    });

    expect((await outcomeOf(reading, example)).findings).toEqual(["aws_backup_plan.main: its schedule is a riddle"]);
  });

  it("hides no fault of ours", async () => {
    const faulty = asking(() => {
      throw new TypeError("x is not a function");
    });

    await expect(outcomeOf(faulty, example)).rejects.toThrow(TypeError);
  });
});
