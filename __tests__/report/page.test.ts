import { alarmContents, stackContents } from "../../src/report/contents";
import { escaped, page } from "../../src/report/page";
import { stackPicture } from "../../src/report/stack-picture";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import type { Synthesis } from "../../src/terraform/read";

function synthesis(stacks: Record<string, { json: JsonObject; dependencies: string[] }>): Synthesis {
  const entries = Object.entries(stacks);
  return {
    folder: "build/test",
    stacks: entries.map(([name, { json, dependencies }]) => ({ name, folder: name, json, dependencies })),
    estate: estateOf(entries.map(([name, { json }]) => stackFacts(name, json))),
  };
}

const provider = { aws: [{ region: "us-east-1" }] };
const twoStacks = synthesis({
  service: {
    dependencies: ["network"],
    json: {
      provider,
      resource: { aws_lambda_function: { one: {}, two: {} }, aws_iam_role: { one: {} }, aws_sqs_queue: { work: {} } },
    },
  },
  network: {
    dependencies: [],
    json: { provider, resource: { aws_vpc: { main: {} } }, data: { aws_prefix_list: { s3: {} } } },
  },
});

describe("what a stack holds", () => {
  it("is counted in words that a person would use, in the order of applying", () => {
    expect(stackContents(twoStacks)).toEqual([
      { name: "network", dependencies: [], level: 0, resources: 1, holds: "1 VPC" },
      { name: "service", dependencies: ["network"], level: 1, resources: 4, holds: "2 functions, 1 queue" },
    ]);
  });

  it("includes what its alarms mean and where they lead", () => {
    const alarm = {
      alarm_name: "acme-test-ticket-dlq",
      alarm_description:
        "Messages failed for good.\nScenarios: none\nValue: messages\nRunbook: https://example.com/runbooks/RB-14.md",
    };

    expect(
      alarmContents(
        synthesis({
          service: { dependencies: [], json: { provider, resource: { aws_cloudwatch_metric_alarm: { dlq: alarm } } } },
        }),
      ),
    ).toEqual([
      {
        name: "acme-test-ticket-dlq",
        region: "us-east-1",
        meaning: "Messages failed for good.",
        runbook: "https://example.com/runbooks/RB-14.md",
      },
    ]);
  });
});

describe("the page", () => {
  const html = page([
    {
      name: "production",
      region: "us-east-1",
      drRegion: "us-east-2",
      stacks: stackContents(twoStacks),
      verdicts: [
        { question: "Is it kept?", looked: "2 things", findings: [], accepted: ["one, for a reason"] },
        {
          question: "Is it broken?",
          looked: "1 thing",
          findings: ["<script>alert(1)</script>"],
          accepted: [],
          table: [["a"], ["b"]],
        },
      ],
      alarms: [],
    },
  ]);

  it("stands alone: no script, and nothing fetched from elsewhere", () => {
    expect(html).not.toMatch(/<script|src=|@import|<link/);
  });

  it("shows a broken promise open and a kept one closed", () => {
    expect(html).toContain('<details><summary class="kept">Kept: Is it kept?');
    expect(html).toContain('<details open><summary class="broken">Broken: Is it broken?');
    expect(html).toContain("<li>Accepted: one, for a reason</li>");
  });

  it("shows text as text", () => {
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(escaped('a & "b" <c>')).toBe("a &amp; &quot;b&quot; &lt;c&gt;");
  });
});

describe("the picture of the stacks", () => {
  it("draws each below what it waits for, and a line between them", () => {
    const picture = stackPicture(stackContents(twoStacks));
    const heightOf = (name: string) => Number(new RegExp(`y="(\\d+)">${name}<`).exec(picture)?.[1]);

    expect(heightOf("service")).toBeGreaterThan(heightOf("network"));
    expect(picture.match(/<path/g)).toHaveLength(1);
  });
});
