import { readRunbook } from "../../src/policy/runbook";
import { runbookProblems } from "../../src/policy/runbook-check";
import { readFences } from "../../src/policy/runbook-fences";

const file = "RB-09-dynamodb-throttling.md";

const page = `---
{
  "id": "RB-09",
  "title": "DynamoDB Throttling",
  "kind": "incident",
  "branches": [],
  "schedule": null,
  "change": null,
  "permissions": ["dynamodb:DescribeTable"],
  "params": { "REGION": "shown by the alarm", "TABLE": "aws_dynamodb_table.reviews" },
  "expectedMinutes": 20,
  "lastExercised": null,
  "owner": "platform"
}
---

# RB-09 DynamoDB Throttling

## When to use

Always.

## Prerequisites

1. A second person.

   \`\`\`bash step=P1 reads
   read -rp "Region: " REGION
   \`\`\`

   Expect: a prompt.

## Steps

1. Look.

   \`\`\`bash step=S1 reads
   TABLE=reviews
   aws dynamodb describe-table --table-name $TABLE --region $REGION --no-cli-pager
   \`\`\`

   Expect: a table, as after S2.

2. Change.

   \`\`\`bash step=S2 mutates rollback=R1
   aws dynamodb tag-resource --resource-arn $TABLE --tags Key=a --region $REGION --no-cli-pager
   \`\`\`

   Expect: nothing.

## Rollback

1. Undo.

   \`\`\`bash step=R1 mutates
   aws dynamodb tag-resource --resource-arn $TABLE --tags Key=b --region $REGION --no-cli-pager
   \`\`\`

   Expect: nothing.

## Verification

1. Look again.

   \`\`\`bash step=V1 reads expect="ACTIVE"
   aws dynamodb describe-table --table-name $TABLE --region $REGION --no-cli-pager
   \`\`\`

   Expect: \`ACTIVE\`.
`;

const change = (from: string | RegExp, to: string): string => {
  const changed = page.replace(from, to);
  if (changed === page) throw new Error(`The page does not hold ${from}.`);
  return changed;
};

describe("a page that keeps to the form", () => {
  it("is read as front matter, five sections and blocks of commands without their indentation", () => {
    const runbook = readRunbook(file, page);

    expect(runbook.frontMatter.permissions).toEqual(["dynamodb:DescribeTable"]);
    expect(runbook.sections["When to use"]).toBe("Always.");
    expect(runbook.sections.Rollback).toContain("1. Undo.");
    expect(runbook.fences.map(({ step, effect }) => `${step} ${effect}`)).toEqual([
      "P1 reads",
      "S1 reads",
      "S2 mutates",
      "R1 mutates",
      "V1 reads",
    ]);
    expect(runbook.fences[1]).toMatchObject({
      commands: "TABLE=reviews\naws dynamodb describe-table --table-name $TABLE --region $REGION --no-cli-pager",
      outcome: "Expect: a table, as after S2.",
    });
    expect(runbook.fences[4]?.expect).toBe("ACTIVE");
  });

  it("has no problem", () => {
    expect(runbookProblems(readRunbook(file, page))).toEqual([]);
  });
});

describe("a page that cannot be read", () => {
  it.each([
    ["front matter that is no JSON", change("{\n", "id: RB-09\n"), "It must begin with JSON between two lines of ---."],
    ["no front matter", "# RB-09", "It must begin with JSON between two lines of ---."],
    ["an unknown key", change('"owner"', '"ownr"'), 'Front matter : Unrecognized key: "ownr".'],
    ["a permission of another form", change("dynamodb:DescribeTable", "everything"), "Front matter permissions.0:"],
    [
      "a day that is none",
      change('"lastExercised": null', '"lastExercised": "2026-02-30"'),
      "Front matter lastExercised:",
    ],
    [
      "another title than its file",
      change('"DynamoDB Throttling"', '"Slow Tables"'),
      "It must be called RB-09-slow-tables.md, after its id and title.",
    ],
    [
      "another title on the page",
      change("# RB-09 DynamoDB Throttling", "# Throttling"),
      'It must begin with "# RB-09 DynamoDB Throttling".',
    ],
    [
      "a heading that is missing",
      change("## Rollback\n", ""),
      "Its headings must be When to use, Prerequisites, Steps, Rollback, Verification, in this order.",
    ],
    ["a heading of its own", change("## Rollback", "## Notes\n\n## Rollback"), "Its headings must be"],
    [
      "a block without step",
      change("bash step=S1 reads", "bash reads"),
      'A block marked "reads" needs a step such as step=S1.',
    ],
    [
      "a block that does not say what it does",
      change("step=S1 reads", "step=S1"),
      "S1 must be marked either reads or mutates.",
    ],
    [
      "a block that says both",
      change("step=S1 reads", "step=S1 reads mutates"),
      "S1 must be marked either reads or mutates.",
    ],
    ["an unknown mark", change("step=S1 reads", "step=S1 reads sudo"), "S1 is marked sudo; known are"],
    [
      "a block in another language",
      change("```bash step=S1 reads", "```python"),
      '"```python" opens no block of bash that is closed at the same depth.',
    ],
    [
      "a block that is never closed",
      change("   ```\n\n   Expect: `ACTIVE`.", "   Expect: `ACTIVE`."),
      "opens no block of bash that is closed",
    ],
  ])("has %s", (_, text, problem) => {
    expect(() => readRunbook(file, text)).toThrow(problem);
  });

  it("is told every problem of its marks at once", () => {
    const { problems } = readFences("```bash reads\n```\n\n```bash step=S1\n```\n");

    expect(problems).toHaveLength(2);
  });
});

describe("a page that would let its reader down", () => {
  it.each([
    [
      "steps without numbers",
      change("1. Look.", "- Look."),
      "Steps must be a list that is numbered from 1; it reads 2.",
    ],
    [
      "a number left out",
      change("2. Change.", "3. Change."),
      "Steps must be a list that is numbered from 1; it reads 1, 3.",
    ],
    ["one step twice", change("step=S2 mutates", "step=S1 mutates"), "Two blocks have the same step."],
    ["a step under another heading", change("step=S2 mutates", "step=V2 mutates"), "V2 must stand under Verification."],
    [
      "no word on the outcome",
      change("   Expect: nothing.\n\n## Rollback", "\n## Rollback"),
      'S2 must be followed by a line "Expect: …".',
    ],
    [
      "a change without a way back",
      change(" rollback=R1", ""),
      "S2 changes something and names neither rollback nor irreversible.",
    ],
    [
      "a way back that is none",
      change("rollback=R1", "rollback=R2"),
      "S2 is undone by R2, which is no block of Rollback.",
    ],
    [
      "a way back that is a step",
      change("rollback=R1", "rollback=S1"),
      "S2 is undone by S1, which is no block of Rollback.",
    ],
    [
      "a step that cannot be undone, for one person alone",
      change("rollback=R1", 'irreversible="it is gone"').replace("A second person.", "Coffee."),
      "A step cannot be undone; Prerequisites must ask for a second person.",
    ],
    [
      "a command without its region",
      change("Key=a --region $REGION", "Key=a"),
      "S2 has an aws command without --region $REGION.",
    ],
    [
      "a command with a region of its own",
      change("Key=a --region $REGION", "Key=a --region us-east-1"),
      "S2 has an aws command without --region $REGION.",
    ],
    [
      "a command that opens a pager",
      change("Key=a --region $REGION --no-cli-pager", "Key=a --region $REGION"),
      "S2 has an aws command without --no-cli-pager.",
    ],
    ["a variable that nothing sets", change("Key=a", "Key=$KEY"), "S2 uses $KEY, which nothing above it sets."],
    [
      "a variable that is set too late",
      change("   TABLE=reviews\n", "").replace("Key=b", "Key=b\n   TABLE=reviews"),
      "S1 uses $TABLE, which nothing above it sets.",
    ],
    [
      "a parameter that is never set",
      change('"REGION":', '"FUNCTION": "a name", "REGION":'),
      "No block sets the parameter FUNCTION.",
    ],
    [
      "a parameter without use",
      change("TABLE=reviews", "TABLE=reviews\n   INDEX=1").replace('"REGION":', '"INDEX": "a name", "REGION":'),
      "The parameter INDEX is used nowhere.",
    ],
    [
      "a verification that expects nothing",
      change(' expect="ACTIVE"', ""),
      "Verification has no block that says what to expect.",
    ],
    [
      "a step that the text makes up",
      change("as after S2", "as after S7"),
      "It speaks of S7, which is no block of it.",
    ],
    ["an account", change("Always.", "In 111122223333."), "It holds an account id; use a parameter."],
    ["unfinished text", change("Always.", "TBD"), "It holds unfinished text; use a parameter."],
  ])("is found by %s", (_, text, problem) => {
    expect(runbookProblems(readRunbook(file, text))).toContain(problem);
  });
});
