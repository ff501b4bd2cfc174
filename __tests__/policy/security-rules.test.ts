import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../../src/policy/judge";
import type { SecurityRule } from "../../src/policy/security-rule";
import { securityRules } from "../../src/policy/security-rules";
import { type Estate, estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { UnreadableError } from "../../src/terraform/unreadable";

const files = readdirSync(join(__dirname, "../../src/policy/rules"));

describe("the security rules", () => {
  it("are 80, each in a file that is named by its id and what it demands", () => {
    expect(securityRules).toHaveLength(80);
    expect(files.map((file) => /^[a-z0-9]+-\d\d(?=-[a-z0-9-]+\.ts$)/.exec(file)?.[0].toUpperCase())).toEqual(
      securityRules.map(({ id }) => id),
    );
  });

  it.each(securityRules.map((rule) => [rule.id, rule] as const))("%s says what it demands and why", (_, rule) => {
    expect(rule.demand).toMatch(/^[A-Z].{15,}\.$/);
    expect(rule.why).toMatch(/^[A-Z].{15,}\.$/);
  });

  it.each(securityRules.map(({ id }) => id))("%s has cases of its own", (id) => {
    expect(existsSync(join(__dirname, "rules", `${id.toLowerCase()}.test.ts`))).toBe(true);
  });

  it("cover each public check once", () => {
    const covered = securityRules.flatMap(({ covers }) => covers);

    expect(covered.filter((id, index) => covered.indexOf(id) !== index)).toEqual([]);
    expect(covered.filter((id) => !/^(CKV2?_AWS_\d+|AWS-\d{4}|[A-Z][A-Za-z0-9]+)$/.test(id))).toEqual([]);
  });
});

describe("what a rule cannot tell", () => {
  const asking: SecurityRule = {
    ...{ id: "X-01", scope: "resource", demand: "", why: "", covers: [] },
    *check(look) {
      for (const at of look.resources("aws_kms_key")) {
        if (!look.holds(at, "enable_key_rotation", (value) => value === true)) {
          yield { at, message: "does not rotate.", fix: "Set it." };
        }
      }
    },
  };
  const key = (attributes: JsonObject): Estate =>
    estateOf([stackFacts("data", { resource: { aws_kms_key: { own: attributes } } })]);

  it("is a finding of an estate, and counts as set in a fragment", () => {
    const estate = key({ enable_key_rotation: "${var.rotation}" });

    expect(judge([asking], estate, "fragment")).toEqual([]);
    expect(judge([asking], estate, "estate")).toEqual([
      {
        ...{ rule: "X-01", stack: "data", address: "aws_kms_key.own" },
        message: 'has enable_key_rotation that cannot be told: "var.rotation" is not a plain reference',
        fix: "Write enable_key_rotation out, or refer to what this estate holds.",
      },
    ]);
  });

  it("is a finding in both where it cannot be read at all", () => {
    const unreadable: SecurityRule = {
      ...asking,
      check() {
        throw new UnreadableError("data.aws_iam_policy_document.own.statement[0].actions", "it is a riddle");
      },
    };

    expect(judge([unreadable], key({}), "fragment")).toEqual([
      {
        ...{ rule: "X-01", stack: "unknown", address: "data.aws_iam_policy_document.own" },
        message: "cannot be judged at data.aws_iam_policy_document.own.statement[0].actions: it is a riddle",
        fix: "Write it so that it can be read before it is applied.",
      },
    ]);
  });

  it("shows the construct that a finding stands in", () => {
    const estate = key({ "//": { metadata: { path: "data/keys/own" } } });

    expect(judge([asking], estate, "estate")).toEqual([
      {
        ...{ rule: "X-01", stack: "data", address: "aws_kms_key.own", path: "data/keys/own" },
        ...{ message: "does not rotate.", fix: "Set it." },
      },
    ]);
  });
});
