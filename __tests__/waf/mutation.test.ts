import { mutation } from "../../src/cli/mutation";
import { equivalents } from "../../src/cli/mutation/equivalents";
import { judgeMutations } from "../../src/cli/mutation/judge";
import { mutationReport, mutationText } from "../../src/cli/mutation/report";
import { wafSuite } from "../../src/cli/mutation/suite";
import type { JsonObject } from "../../src/terraform/json";
import { mutations } from "../../src/waf/mutations";
import { bytes, not, pattern, rule } from "./acl";

const path = { uri_path: {} };
const [one, two, three] = ["/1", "/2", "/3"].map((each) => bytes(path, "STARTS_WITH", each));
const and = (...statement: JsonObject[]): JsonObject => ({ and_statement: { statement } });
const changed = (statement: JsonObject, more: JsonObject = {}) =>
  mutations({ name: "acl", rule: [rule("odd", 1, statement, { action: { count: {} }, ...more })] })
    .slice(1)
    .map(({ operator, path: at, json }) => ({ operator, at, statement: (json.rule as JsonObject[])[0]?.statement }));

describe("the changes", () => {
  it("remove each rule by itself and leave the rest of the ACL alone", () => {
    const rules = [
      rule("a", 1, one ?? {}, { action: { count: {} } }),
      rule("b", 2, two ?? {}, { action: { count: {} } }),
    ];

    expect(mutations({ name: "acl", rule: rules })).toEqual([
      { rule: "a", operator: "remove the rule", path: "rule[0]", json: { name: "acl", rule: [rules[1]] } },
      { rule: "b", operator: "remove the rule", path: "rule[1]", json: { name: "acl", rule: [rules[0]] } },
    ]);
  });

  it("let a block count, and a group's result too, but not what counts already", () => {
    const operators = (more: JsonObject) =>
      mutations({ rule: [{ name: "odd", priority: 1, statement: one ?? {}, ...more }] }).map(({ operator, json }) => [
        operator,
        (json.rule as JsonObject[])[0],
      ]);

    expect(operators({ action: { block: {} } })[1]).toEqual([
      "block to count",
      expect.objectContaining({ action: { count: {} } }),
    ]);
    expect(operators({ override_action: { none: {} } })[1]).toEqual([
      "group override none to count",
      expect.objectContaining({ override_action: { count: {} } }),
    ]);
    expect(operators({ action: { count: {} } })).toHaveLength(1);
    expect(operators({ override_action: { count: {} } })).toHaveLength(1);
  });

  it("drop each member, and of two leave the other alone, as Terraform wants it", () => {
    expect(changed(and(one ?? {}, two ?? {}, three ?? {})).map(({ statement }) => statement)).toEqual([
      and(two ?? {}, three ?? {}),
      and(one ?? {}, three ?? {}),
      and(one ?? {}, two ?? {}),
    ]);
    expect(changed(not({ or_statement: { statement: [one ?? {}, two ?? {}] } }))).toEqual([
      {
        operator: "drop a member of an OR",
        at: "rule[0].statement.not_statement.statement[0].or_statement.statement[0]",
        statement: not(two ?? {}),
      },
      {
        operator: "drop a member of an OR",
        at: "rule[0].statement.not_statement.statement[0].or_statement.statement[1]",
        statement: not(one ?? {}),
      },
    ]);
  });

  it("drop each anchor by itself, and no such character that is none", () => {
    expect(changed(pattern(path, "^a[^$]\\$$|^b")).map(({ statement }) => statement)).toEqual(
      ["a[^$]\\$$|^b", "^a[^$]\\$|^b", "^a[^$]\\$$|b"].map((each) => pattern(path, each)),
    );
  });

  it("compare a beginning instead of the whole, and double a limit", () => {
    expect(changed(bytes(path, "EXACTLY", "/x"))).toMatchObject([
      { operator: "EXACTLY to STARTS_WITH", statement: bytes(path, "STARTS_WITH", "/x") },
    ]);
    expect(changed({ rate_based_statement: { limit: 10 } })).toMatchObject([
      { operator: "double the limit", statement: { rate_based_statement: { limit: 20 } } },
    ]);
  });
});

describe("the cases for the API's firewall", () => {
  const suite = wafSuite();
  const report = mutationReport(judgeMutations(suite), equivalents);

  it("notice every change of every rule, but one that no request can tell", () => {
    expect(report.rules.map(({ rule, killed, total }) => `${rule} ${killed}/${total}`)).toEqual([
      "ip-deny 4/4",
      "ip-allow-label 3/3",
      "geo-block 7/7",
      "require-user-agent 2/2",
      "webhook-method 5/5",
      "webhook-signature-shape 14/14",
      "webhook-github-source 5/5",
      "api-token-shape 11/11",
      "rate-ip-global 7/7",
      "rate-ip-writes 10/10",
      "rate-webhooks 5/5",
      "rate-api-token 3/3",
      "aws-ip-reputation 2/2",
      "aws-anonymous-ip 1/2",
      "aws-known-bad-inputs 2/2",
      "aws-common 2/2",
      "aws-sqli 2/2",
      "aws-linux 2/2",
      "reblock-body-signatures 17/17",
      "reblock-body-size 8/8",
    ]);
    expect(report.survivors.map(({ rule, operator }) => `${rule}: ${operator}`)).toEqual([
      "aws-anonymous-ip: group override none to count",
    ]);
    expect(report.problems).toEqual([]);
  });

  it("are needed: without those of the bodies, changes survive and are told", () => {
    const cheap = suite.cases.filter(({ id, copies }) => copies === 0 && !id.startsWith("reblock"));
    const { problems } = mutationReport(judgeMutations({ ...suite, cases: cheap }), equivalents);

    expect(problems).toContain(
      "rate-webhooks: double the limit at rule[10].statement.rate_based_statement.limit changes no verdict. Add a case.",
    );
    expect(
      problems.filter((problem) => problem.startsWith("reblock-body-signatures: drop a member of an OR")),
    ).not.toEqual([]);
  });

  it("are not judged by an explanation that explains nothing", () => {
    const stale = [...equivalents, { rule: "geo-block", operator: "remove the rule", reason: "none" } as const];

    expect(mutationReport([], stale).problems).toContain(
      "geo-block: remove the rule is said to be equivalent, but none survives. Take it out.",
    );
  });

  it("each have an own name and pass before anything is changed", () => {
    const names = suite.cases.map(({ id }) => id);
    const [first] = suite.cases;
    const wrong = first && { ...first, id: "wrong", expect: { rule: "geo-block" } };

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(() => judgeMutations({ ...suite, cases: wrong ? [wrong] : [] })).toThrow(
      "Without any mutation these fail: wrong.",
    );
  });
});

describe("npm run mutation", () => {
  it("tells the rules, and each survivor with its reason", () => {
    const results = [
      { rule: "ip-deny", operator: "remove the rule", path: "rule[0]", killedBy: "deny-v4" },
      { rule: "ip-deny", operator: "block to count", path: "rule[0].action" },
    ] as const;
    const reason = { rule: "ip-deny", operator: "block to count", reason: "nobody is denied" } as const;

    expect(mutationText(mutationReport(results, [reason]), 7)).toBe(
      [
        "rule     killed  mutations\nip-deny  1       2",
        "Survives: ip-deny, block to count, at rule[0].action\n  nobody is denied",
        "1 of 2 mutations are killed by 7 cases.",
      ].join("\n\n"),
    );
    expect(mutationText(mutationReport(results, []), 7)).toContain("at rule[0].action\n  not explained");
  });

  it("refuses what it does not know, and says what it does", async () => {
    await expect(mutation().parseAsync(["alarms"], { from: "user" })).rejects.toThrow(
      'There are no mutations of "alarms"; allowed are waf, secrets.',
    );
  });
});
