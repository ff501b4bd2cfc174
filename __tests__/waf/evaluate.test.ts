import { RateWindows } from "../../src/waf/rate-window";
import { acl, aclJson, bytes, decide, group, not, pattern, readAclJson, request, rule, size } from "./acl";

const path = { uri_path: {} };
const agent = { single_header: { name: "user-agent" } };
const everything = bytes(path, "STARTS_WITH", "/");

describe("rules", () => {
  it("are asked by priority, not in the order written, and the first that blocks ends it", () => {
    const decision = decide(acl(rule("later", 2, everything), rule("sooner", 1, everything)), request());

    expect(decision).toMatchObject({ verdict: "block", rule: "sooner", status: 403 });
    expect(decision.asked.map(({ rule }) => rule.name)).toEqual(["sooner"]);
  });

  it("that count go on, and their labels are seen by later rules only", () => {
    const labelled = { label_match_statement: { key: "seen", scope: "LABEL" } };
    const marking = { action: { count: {} }, rule_label: [{ name: "seen" }] };

    expect(decide(acl(rule("mark", 1, everything, marking), rule("stop", 2, labelled)), request())).toMatchObject({
      rule: "stop",
      counted: ["mark"],
      labels: ["awswaf:111122223333:webacl:acl:seen"],
    });
    expect(decide(acl(rule("stop", 1, labelled), rule("mark", 2, everything, marking)), request())).toMatchObject({
      rule: null,
      verdict: "allow",
    });
  });

  it("that allow end it as well", () => {
    const open = rule("open", 1, everything, { action: { allow: {} } });

    expect(decide(acl(open, rule("closed", 2, everything)), request())).toMatchObject({
      verdict: "allow",
      rule: "open",
    });
  });

  it("of which none decides leave it to the default action", () => {
    const closed = readAclJson(aclJson([], { default_action: { block: {} } }));

    expect(decide(acl(), request())).toMatchObject({ verdict: "allow", rule: null, status: null });
    expect(decide(closed, request())).toMatchObject({ verdict: "block", rule: null, status: 403 });
  });

  it("answer the status of their own response, which must be there", () => {
    const answer = { action: { block: { custom_response: { response_code: 418, custom_response_body_key: "tea" } } } };
    const bodies = { custom_response_body: [{ key: "tea", content: "{}", content_type: "APPLICATION_JSON" }] };

    expect(decide(readAclJson(aclJson([rule("pot", 1, everything, answer)], bodies)), request()).status).toBe(418);
    expect(() => acl(rule("pot", 1, everything, answer))).toThrow(/rule pot, .*there is no custom_response_body tea/);
  });
});

describe("a component", () => {
  it("that is missing matches nothing, and so matches the NOT of everything", () => {
    const none = request({ headers: [] });

    expect(decide(acl(rule("any", 1, size(agent, "GE", 0))), none).verdict).toBe("allow");
    expect(decide(acl(rule("none", 1, not(size(agent, "GT", 0)))), none).rule).toBe("none");
    expect(
      decide(acl(rule("none", 1, not(size(agent, "GT", 0)))), request({ headers: [["user-agent", ""]] })).rule,
    ).toBe("none");
  });

  it.each([
    ["EXACTLY", "/api", ["/api"], ["/api/", "/Api", "x/api"]],
    ["STARTS_WITH", "/api", ["/api", "/api/x"], ["/ap", "/x/api"]],
    ["ENDS_WITH", "/api", ["/api", "/x/api"], ["/api/"]],
    ["CONTAINS", "/api", ["/x/api/y"], ["/ap/i"]],
  ])("is compared %s, by bytes and case", (position, search, matching, others) => {
    const blocking = acl(rule("match", 1, bytes(path, position, search)));

    expect(matching.map((path) => decide(blocking, request({ path })).rule)).toEqual(matching.map(() => "match"));
    expect(others.map((path) => decide(blocking, request({ path })).rule)).toEqual(others.map(() => null));
  });

  it("is searched for a pattern, which holds for the whole only with its anchors", () => {
    expect(decide(acl(rule("match", 1, pattern(path, "reviews"))), request({ path: "/api/reviews/1" })).rule).toBe(
      "match",
    );
    expect(decide(acl(rule("match", 1, pattern(path, "^reviews$"))), request({ path: "/api/reviews" })).rule).toBe(
      null,
    );
  });

  it("is changed before it is compared, by ascending priority", () => {
    const steps = [
      { priority: 1, type: "LOWERCASE" },
      { priority: 0, type: "URL_DECODE" },
    ];
    const blocking = acl(rule("match", 1, bytes(path, "EXACTLY", "/admin", steps)));

    expect(decide(blocking, request({ path: "/%41dmin" })).rule).toBe("match");
  });

  it("that is a repeated header is refused where a rule looks at it", () => {
    const twice = request({
      headers: [
        ["x-a", "1"],
        ["X-A", "2"],
      ],
    });

    expect(() =>
      decide(acl(rule("match", 1, bytes({ single_header: { name: "x-a" } }, "EXACTLY", "1"))), twice),
    ).toThrow("the header x-a is repeated");
    expect(decide(acl(rule("other", 1, bytes(path, "EXACTLY", "/x"))), twice).verdict).toBe("allow");
  });

  it.each([
    [65_536, "CONTINUE", true],
    [65_537, "CONTINUE", false],
    [65_537, "MATCH", true],
    [65_537, "NO_MATCH", false],
  ])("that is a body of %i bytes is read up to the limit and then handled by %s", (length, handling, matches) => {
    const limit = {
      association_config: { request_body: [{ api_gateway: { default_size_inspection_limit: "KB_64" } }] },
    };
    const content = `${"a".repeat(length - 6)}attack`;
    const blocking = readAclJson(
      aclJson([rule("match", 1, bytes({ body: { oversize_handling: handling } }, "CONTAINS", "attack"))], limit),
    );

    expect(decide(blocking, request({ body: { bytes: length, content } })).rule).toBe(matches ? "match" : null);
  });

  it("that is a body nobody has given cannot be judged", () => {
    const blocking = acl(rule("match", 1, bytes({ body: {} }, "CONTAINS", "attack")));

    expect(() => decide(blocking, request({ body: { bytes: 9 } }))).toThrow("the request's body is not given");
  });
});

describe("sources", () => {
  const office = acl(rule("office", 1, { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.office.arn}" } }));

  it.each([
    ["192.0.2.0", true],
    ["192.0.2.255", true],
    ["192.0.3.0", false],
    ["2001:db8:ffff::1", true],
    ["2001:db9::1", false],
    ["::ffff:192.0.2.1", false],
  ])("%s in the set: %s", (sourceIp, inside) => {
    expect(decide(office, request({ sourceIp })).rule).toBe(inside ? "office" : null);
  });

  it("that are no addresses are refused", () => {
    expect(() => decide(office, request({ sourceIp: "192.0.2" }))).toThrow("neither an IPv4 nor an IPv6 address");
  });

  it("of an unknown country match no list of countries", () => {
    const countries = acl(rule("geo", 1, { geo_match_statement: { country_codes: ["KP"] } }));

    expect(decide(countries, request({ country: "KP" })).rule).toBe("geo");
    expect(decide(countries, request()).rule).toBe(null);
  });
});

describe("a managed group", () => {
  const common = "AWSManagedRulesCommonRuleSet";
  const hits = ["aws/GenericLFI_BODY", "aws/CrossSiteScripting_BODY"];
  const labels = [
    "awswaf:managed:aws:core-rule-set:GenericLFI_Body",
    "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
  ];

  it("blocks with its first rule that is not overridden", () => {
    expect(decide(acl(group("aws", 1, common, ["GenericLFI_BODY"])), request(), hits)).toMatchObject({
      verdict: "block",
      rule: "aws",
      managedRule: "CrossSiteScripting_BODY",
      status: 403,
      counted: ["aws/GenericLFI_BODY"],
    });
  });

  it("labels for later rules what it counts", () => {
    expect(
      decide(acl(group("aws", 1, common, ["GenericLFI_BODY", "CrossSiteScripting_BODY"])), request(), hits),
    ).toMatchObject({
      verdict: "allow",
      counted: hits,
      labels,
    });
  });

  it("that only counts still ends at its first block, so later labels are missing", () => {
    expect(decide(acl(group("aws", 1, common, [], { override_action: { count: {} } })), request(), hits)).toMatchObject(
      {
        verdict: "allow",
        labels: labels.slice(0, 1),
      },
    );
  });

  it("of addresses counts what AWS itself counts", () => {
    const list = acl(group("ip", 1, "AWSManagedRulesAmazonIpReputationList", []));

    expect(decide(list, request(), ["ip/AWSManagedIPDDoSList"])).toMatchObject({
      verdict: "allow",
      counted: ["ip/AWSManagedIPDDoSList"],
    });
    expect(decide(list, request(), ["ip/AWSManagedReconnaissanceList"]).verdict).toBe("block");
  });

  it.each([
    ["SizeRestrictions_BODY", { body: { bytes: 8192 } }, { body: { bytes: 8193 } }],
    ["SizeRestrictions_QUERYSTRING", { query: "q".repeat(2048) }, { query: "q".repeat(2049) }],
    ["SizeRestrictions_URIPATH", { path: `/${"p".repeat(1023)}` }, { path: `/${"p".repeat(1024)}` }],
    ["NoUserAgent_HEADER", {}, { headers: [] }],
  ])("decides %s by what AWS documents", (managedRule, within, beyond) => {
    expect(decide(acl(group("aws", 1, common, [])), request(within)).verdict).toBe("allow");
    expect(decide(acl(group("aws", 1, common, [])), request(beyond)).managedRule).toBe(managedRule);
  });
});

describe("a rate", () => {
  const limited = (more = {}) =>
    acl(
      rule("rate", 1, {
        rate_based_statement: { limit: 10, evaluation_window_sec: 300, aggregate_key_type: "IP", ...more },
      }),
    );
  const series = (limits: ReturnType<typeof limited>, times: number[], asked = (_: number) => request()) => {
    const rates = new RateWindows();
    return times.map((now, index) => decide(limits, asked(index), [], rates, now).verdict);
  };

  it("lets its limit pass and stops the next", () => {
    expect(
      series(
        limited(),
        Array.from({ length: 11 }, (_, second) => second),
      ).lastIndexOf("allow"),
    ).toBe(9);
  });

  it.each([
    [299.999, "block"],
    [300, "allow"],
  ])("remembers a request for its window: %d s later the eleventh is met with %s", (last, verdict) => {
    expect(series(limited(), [0, ...Array.from({ length: 9 }, () => 100), last]).at(-1)).toBe(verdict);
  });

  it("counts what it stops, so a flood stays stopped", () => {
    const times = Array.from({ length: 600 }, (_, second) => second);

    expect(series(limited(), times).slice(10)).toEqual(times.slice(10).map(() => "block"));
  });

  it("counts each sender for itself", () => {
    const two = (index: number) => request({ sourceIp: `198.51.100.${index % 2}` });

    expect(
      series(
        limited(),
        Array.from({ length: 20 }, () => 0),
        two,
      ),
    ).not.toContain("block");
  });

  it("by header counts no request without it", () => {
    const key = {
      aggregate_key_type: "CUSTOM_KEYS",
      custom_key: [{ header: { name: "authorization", text_transformation: [{ priority: 0, type: "NONE" }] } }],
    };
    const times = Array.from({ length: 12 }, () => 0);

    expect(series(limited(key), times)).not.toContain("block");
    expect(
      series(limited(key), times, () =>
        request({
          headers: [
            ["User-Agent", "x"],
            ["Authorization", "t"],
          ],
        }),
      ).at(-1),
    ).toBe("block");
  });

  it("counts only what its scope is about", () => {
    const scope = { scope_down_statement: bytes(path, "STARTS_WITH", "/api/") };
    const mixed = (index: number) => request({ path: index % 2 === 0 ? "/api/x" : "/health" });

    expect(
      series(
        limited(scope),
        Array.from({ length: 20 }, () => 0),
        mixed,
      ),
    ).not.toContain("block");
    expect(
      series(
        limited(scope),
        Array.from({ length: 22 }, () => 0),
        mixed,
      ).slice(-2),
    ).toEqual(["block", "allow"]);
  });

  it("refuses a clock that goes back", () => {
    expect(() => series(limited(), [10, 9])).toThrow("time went back from 10 to 9 seconds");
  });
});

it("hits that contradict the request, or name no rule of the ACL, are refused", () => {
  const common = acl(group("aws", 1, "AWSManagedRulesCommonRuleSet", []));

  expect(() => decide(common, request(), ["aws/SizeRestrictions_BODY"])).toThrow(
    "aws/SizeRestrictions_BODY does not match this request, but the hits say otherwise.",
  );
  expect(() => decide(common, request(), ["aws/Nonsense_BODY"])).toThrow(
    "acl holds no managed rule aws/Nonsense_BODY.",
  );
});
