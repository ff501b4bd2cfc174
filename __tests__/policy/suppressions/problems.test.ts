import { suppressionProblems } from "../../../src/policy/suppressions/problems";
import type { KnownSuppression } from "../../../src/policy/suppressions/suppression";

const row: KnownSuppression = {
  kind: "environment",
  path: "data/existing/table-customers",
  id: "DDB-03",
  reason: "The table keeps the capacity that its owners provisioned.",
  owner: "customers",
  expires: "2027-06-30",
};
const facts = {
  today: "2026-11-24",
  ids: new Set(["DDB-03", "CKV_AWS_338"]),
  paths: ["data/existing/table-customers/table", "data/existing/table-orders/table"],
  file: "environments/shop.ts",
};
const problems = (...changes: readonly Partial<KnownSuppression>[]) =>
  suppressionProblems(
    changes.map((change) => ({ ...row, ...change })),
    facts,
  );

const said = (problem: string) => [
  `suppression of DDB-03 at data/existing/table-customers: ${problem} Change it in environments/shop.ts.`,
];

describe("a suppression", () => {
  it("passes with a reason, an owner, a known id, a path that is there and an end within a year", () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    ["a short reason", { reason: "It is fine." }, "its reason has 11 characters; at least 40 are asked for."],
    ["spaces for a reason", { reason: " ".repeat(60) }, "its reason has 0 characters; at least 40 are asked for."],
    ["no owner", { owner: " " }, "it has no owner; name who answers for it."],
    [
      "an end that is past",
      { expires: "2026-11-23" },
      "it expired on 2026-11-23; mend what it hides, or look at it anew and set another day.",
    ],
    ["an end in more than a year", { expires: "2027-11-25" }, "it expires in 366 days; at most 365 are allowed."],
    [
      "an end that is no day",
      { expires: "2027-02-30" },
      'it expires on "2027-02-30"; a day such as 2027-06-30 is asked for.',
    ],
    [
      "the roll-out of a firewall for more than a month",
      { kind: "firewall-rollout", expires: "2026-12-25" },
      undefined,
    ],
  ])("is refused with %s", (_what, change, problem) => {
    const found = problems(change);

    expect(found).toEqual(
      problem === undefined
        ? [
            "suppression of DDB-03 at data/existing/table-customers: it expires in 31 days; at most 30 are allowed. Change it in environments/shop.ts.",
          ]
        : said(problem),
    );
  });

  it("is accepted on its last day, and on the day a year ahead", () => {
    expect(problems({ expires: "2026-11-24" }, { expires: "2027-11-24" })).toEqual([]);
  });

  it("is refused with an id that no rule and no public check has", () => {
    expect(problems({ id: "DDB-99" })).toEqual([
      "suppression of DDB-99 at data/existing/table-customers: there is no such rule or public check; docs/security-rules.md lists them. Change it in environments/shop.ts.",
    ]);
  });

  it("is refused with a path that no construct has", () => {
    expect(problems({ path: "data/existing/table-invoices" })).toEqual([
      "suppression of DDB-03 at data/existing/table-invoices: no construct of this environment has such a path; findings print the path to write. Change it in environments/shop.ts.",
    ]);
  });

  it("of the product may be about what an environment has not", () => {
    expect(problems({ kind: "open-443", path: "network/groups/functions-egress" })).toEqual([]);
  });

  it("is refused with the reason of another path, copied", () => {
    expect(problems({}, { path: "data/existing/table-orders" })).toEqual([
      ...said("its reason is that of data/existing/table-orders; say why it holds here, or write one row with a *."),
      "suppression of DDB-03 at data/existing/table-orders: its reason is that of data/existing/table-customers; say why it holds here, or write one row with a *. Change it in environments/shop.ts.",
    ]);
  });

  it("may hold for a rule and a public check with one reason, and for many places by a pattern", () => {
    expect(problems({}, { id: "CKV_AWS_338" })).toEqual([]);
    expect(problems({ path: "data/existing/table-*" })).toEqual([]);
  });

  it("with several faults says them all", () => {
    expect(problems({ reason: "", owner: "", expires: "never", id: "X-1", path: "nowhere" })).toHaveLength(5);
  });
});
