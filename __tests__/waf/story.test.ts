import type { JsonObject } from "../../src/terraform/json";
import { story, verdictText } from "../../src/waf/story";
import { acl, bytes, group, not, pattern, request, rule, size } from "./acl";

const path = { uri_path: {} };
const and = (...statement: JsonObject[]) => ({ and_statement: { statement } });
const or = (...statement: JsonObject[]) => ({ or_statement: { statement } });
const country = { geo_match_statement: { country_codes: ["KP", "IR"] } };
const office = { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.office.arn}" } };
const why = (statement: JsonObject, asked = request()) => story(acl(rule("decides", 1, statement)), asked).why;

it.each<[string, JsonObject, string[]]>([
  [
    "every part of an AND",
    and(bytes(path, "STARTS_WITH", "/"), not(country)),
    ['the path begins with "/": yes', "the country is one of KP, IR: no"],
  ],
  ["only the part of an OR that holds", or(country, bytes(path, "EXACTLY", "/")), ['the path is exactly "/": yes']],
  ["the parts of a NOT", not(and(country, bytes(path, "EXACTLY", "/"))), ["the country is one of KP, IR: no"]],
  ["an address set", not(office), ["the address is in office (2 ranges): no"]],
  [
    "a header's pattern",
    pattern({ single_header: { name: "user-agent" } }, "^t"),
    ["the header user-agent matches ^t: yes"],
  ],
  ["a size", size({ single_header: { name: "user-agent" } }, "GT", 3), ["the header user-agent has a size GT 3: yes"]],
  [
    "a transformation",
    bytes(path, "ENDS_WITH", "/", [{ priority: 0, type: "LOWERCASE" }]),
    ['the path after LOWERCASE ends with "/": yes'],
  ],
])("says why by %s", (_what, statement, lines) => {
  expect(why(statement)).toEqual(lines);
});

it("says that nothing blocks, and what an allowing rule let through", () => {
  expect(why(country)).toEqual(["no rule blocks it: the default action of the web ACL decides"]);
  const open = story(acl(rule("open", 1, bytes(path, "EXACTLY", "/"), { action: { allow: {} } })), request());

  expect(verdictText(open.decision)).toBe("goes on to the API, let through by open");
  expect(open.why).toEqual(['the path is exactly "/": yes']);
});

describe("what AWS's unpublished patterns would change", () => {
  const labelled = {
    label_match_statement: { key: "awswaf:managed:aws:core-rule-set:GenericLFI_Body", scope: "LABEL" },
  };
  const firewall = acl(
    rule("own", 1, bytes(path, "EXACTLY", "/closed")),
    group("aws", 2, "AWSManagedRulesCommonRuleSet", [
      "EC2MetaDataSSRF_BODY",
      "GenericLFI_BODY",
      "GenericRFI_BODY",
      "CrossSiteScripting_BODY",
    ]),
    rule("reblock-body", 3, labelled),
  );
  const asked = request({ query: "a=1", body: { bytes: 3 } });

  it("is told for each part that the request has", () => {
    expect(story(firewall, asked).ifManaged).toEqual([
      ["header", "is blocked with 403 by aws (UserAgent_BadBots_HEADER)"],
      ["body", "is blocked with 403 by reblock-body"],
      ["path", "is blocked with 403 by aws (EC2MetaDataSSRF_URIPATH)"],
      ["query", "is blocked with 403 by aws (EC2MetaDataSSRF_QUERYARGUMENTS)"],
    ]);
  });

  it("is not told for parts that it lacks", () => {
    expect(story(firewall, request()).ifManaged.map(([component]) => component)).toEqual(["header", "path"]);
    const cookie = request({ headers: [["cookie", "a=1"]] });
    expect(story(firewall, cookie).ifManaged.map(([component]) => component)).toContain("cookie");
  });

  it("is nothing where a rule of ours blocks before them", () => {
    expect(story(firewall, { ...asked, path: "/closed" }).ifManaged).toEqual([]);
  });

  it("is part of the label trail once it is assumed", () => {
    const told = story(firewall, asked, ["aws/GenericLFI_BODY"]);

    expect(told.path.map((row) => row.join(" "))).toEqual([
      "1 own no match",
      "2 aws count, label awswaf:managed:aws:core-rule-set:GenericLFI_Body",
      "3 reblock-body block",
    ]);
    expect(told.why).toEqual(["it carries the label awswaf:managed:aws:core-rule-set:GenericLFI_Body: yes"]);
  });
});
