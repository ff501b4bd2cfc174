import { applySuppressions } from "../../../src/policy/suppressions/apply";
import { covers, type KnownSuppression } from "../../../src/policy/suppressions/suppression";

const row = (path: string, id = "S3-06"): KnownSuppression => ({
  kind: "access-log-buckets",
  path,
  id,
  reason: "Access logs are copies of what the trail records.",
  owner: "platform",
  expires: "2027-06-30",
});
const paths = ["data/buckets/access-logs/Default", "data/buckets/ui/Default", "edge/logs/Default"];
const everything = () => true;

describe("a suppression", () => {
  it.each([
    ["data/buckets/access-logs", "data/buckets/access-logs/Default", true],
    ["data/buckets/access-logs/Default", "data/buckets/access-logs/Default", true],
    ["data/buckets/access-logs", "data/buckets/access-logs-dr/Default", false],
    ["data/buckets/access-logs/Default", "data/buckets/access-logs", false],
    ["data/buckets/access-*", "data/buckets/access-logs-dr/Default", true],
    ["data/*", "data/buckets/ui/Default", true],
    ["data/*/Default", "data/buckets/ui/Default", false],
    ["data/buckets/u.", "data/buckets/ui/Default", false],
    ["data/buckets/u.*", "data/buckets/ui/Default", false],
  ])("of %s, asked for %s: %s", (path, constructPath, isMeant) => {
    expect(covers({ path }, constructPath)).toBe(isMeant);
  });

  it("hides the finding of its id at its path, and no other", () => {
    const findings = [
      { id: "S3-06", path: "data/buckets/access-logs/Default" },
      { id: "S3-06", path: "data/buckets/ui/Default" },
      { id: "S3-03", path: "data/buckets/access-logs/Default" },
      { id: "S3-06" },
    ];

    const { open, suppressed, unused } = applySuppressions(
      findings,
      [row("data/buckets/access-logs")],
      paths,
      everything,
    );

    expect(open).toEqual([findings[1], findings[2], findings[3]]);
    expect(suppressed.map(({ finding }) => finding)).toEqual([findings[0]]);
    expect(unused).toEqual([]);
  });

  it("that hides nothing is unused, where its construct is there and its id was looked for", () => {
    const rows = [row("edge/logs"), row("data/buckets/artifacts"), row("edge/logs", "CKV_AWS_144")];

    const { unused } = applySuppressions([], rows, paths, (id) => !id.startsWith("CKV"));

    expect(unused).toEqual([rows[0]]);
  });
});
