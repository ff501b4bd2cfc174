import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "waf-"));

/** Runs a command; without colours and progress, as in CI. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("node", ["-r", "ts-node/register", "src/cli/run.ts", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
  });
  return { status, stdout, stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const delivery = (path: string) =>
  `POST ${path} HTTP/1.1\nUser-Agent: GitHub-Hookshot/1\nX-Hub-Signature-256: sha256=${"0".repeat(64)}\n\n<script>`;
const slow = 60_000;

describe("npm run waf", () => {
  it(
    "shows both web ACLs, and writes them for a pull request",
    () => {
      const { status, stdout } = run("waf");

      expect(status).toBe(0);
      expect(stdout).toContain(
        "20 rules, 1483 of 1500 WCU (headroom 17), 25 USD a month and 0.60 USD per million requests",
      );
      expect(stdout).toContain(
        "4 rules, 277 of 1500 WCU (headroom 1223), 9 USD a month and 0.60 USD per million requests",
      );
      expect(readFileSync(join(root, "build/production/waf.md"), "utf8")).toContain(
        "| 120 | aws-common | block, 5 rules count | 700 | 0 | 1 |",
      );
    },
    slow,
  );

  it(
    "tells which rule decides a request, why, and what the client sees",
    () => {
      const request = file("elsewhere.http", delivery("/webhooks/github/"));
      const { status, stdout } = run(
        "waf",
        request,
        "--ip",
        "192.30.252.1",
        "--hits",
        "aws-common/CrossSiteScripting_BODY",
      );

      expect(status).toBe(0);
      expect(stdout).toContain("It is blocked with 403 by reblock-body-signatures.");
      expect(stdout).toContain("it carries the label awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body: yes");
      expect(stdout).toMatch(/200 +reblock-body-signatures +block/);
      expect(stdout).toContain("The client sees: 403");
    },
    slow,
  );

  it(
    "says what would follow if AWS's patterns matched, which nobody can know offline",
    () => {
      const { stdout } = run("waf", file("delivery.http", delivery("/webhooks/github")), "--ip", "192.30.252.1");

      expect(stdout).toContain("It goes on to the API.");
      expect(stdout).toMatch(/body +it goes on to the API/);
      expect(stdout).toMatch(/header +it is blocked with 403 by aws-known-bad-inputs/);
      expect(stdout).not.toMatch(/query +it/);
    },
    slow,
  );

  it.each([
    [
      ["bad.http", "hello\n"],
      [],
      'is not an HTTP request; line 1: "hello" is no request line such as GET /health HTTP/1.1.',
    ],
    [
      ["fine.http", "GET /health HTTP/1.1\n"],
      ["--hits", "aws/Nonsense"],
      "--hits names aws/Nonsense; allowed are aws-ip-reputation/",
    ],
    [
      ["fine.http", "GET /health HTTP/1.1\n"],
      ["--env", "nowhere"],
      'There is no environment "nowhere"; allowed are brownfield',
    ],
    [["fine.http", "GET /health HTTP/1.1\n"], ["--ip", "1.2.3"], '"1.2.3" is neither an IPv4 nor an IPv6 address'],
    [["twice.http", "GET /api/ HTTP/1.1\nUser-Agent: a\nuser-agent: b\n"], [], "The header user-agent is repeated"],
  ])(
    "refuses %j with %j and exits 2",
    ([name = "", text = ""], args, message) => {
      const { status, stdout, stderr } = run("waf", file(name, text), ...args);

      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain(message);
      expect(stderr).not.toContain("    at ");
    },
    slow,
  );
});

describe("npm run simulate -- waf", () => {
  it(
    "decides the cases of a file by the web ACL that the file describes",
    () => {
      const { status, stdout } = run("simulate", "waf", "__tests__/vectors/waf-requests.json");

      expect(stdout).toContain("40 requests, 0 not as expected");
      expect(status).toBe(0);
    },
    slow,
  );

  it(
    "decides others by the environment's, and exits 1 where another verdict is expected",
    () => {
      const request = {
        method: "GET",
        path: "/health",
        headers: { "User-Agent": "x" },
        body: { bytes: 0 },
        sourceIp: "192.0.2.1",
      };
      const cases = [
        { id: "open", request, expect: { verdict: "allow" } },
        { id: "closed", request, expect: { verdict: "block", status: 403 } },
        { id: "broken", request: { ...request, sourceIp: 7 } },
      ];
      const { status, stdout } = run("simulate", "waf", file("cases.json", JSON.stringify({ cases })));

      expect(status).toBe(1);
      expect(stdout).toMatch(/as expected +open +it goes on to the API/);
      expect(stdout).toMatch(/DIFFERS +closed +it goes on to the API/);
      expect(stdout).toContain('closed: expected {"verdict":"block","status":403}');
      expect(stdout).toContain("3 requests, 2 not as expected");
    },
    slow,
  );

  it(
    "refuses a file that holds no cases",
    () => {
      expect(run("simulate", "waf", file("none.json", "{}"))).toMatchObject({ status: 2, stdout: "" });
      expect(run("simulate", "waf", join(folder, "absent.json")).stderr).toContain("is no file of cases: ENOENT");
    },
    slow,
  );
});
