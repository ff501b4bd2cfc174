import { scanStacks } from "../../../src/policy/scan/run";

const none = { CHECKOV: "no-such-checkov", TRIVY: "no-such-trivy" };

describe("a second opinion on all stacks", () => {
  it("says of each scanner that it is not installed", async () => {
    const json = { resource: { aws_sns_topic: { alerts: { name: "alerts" } } } };

    expect(await scanStacks([{ name: "data", json }], none)).toEqual([
      { kind: "not installed", tool: "checkov" },
      { kind: "not installed", tool: "trivy" },
    ]);
  });

  it.each([
    ["joined", { module: {} }, "data.module: what such a section holds is not scanned"],
    [
      "made a plan of",
      { resource: { aws_iam_policy: { own: { policy: "${data.aws_iam_policy_document.gone.json}" } } } },
      "data.aws_iam_policy_document.gone: no such policy document was read",
    ],
  ])("is a failure where the stacks cannot be %s", async (_, json, reason) => {
    const failed = { kind: "failed", reason: `the stacks cannot be read as one: ${reason}` };

    expect(await scanStacks([{ name: "data", json }], none)).toEqual([
      { ...failed, tool: "checkov", form: "native" },
      { ...failed, tool: "checkov", form: "plan" },
      { ...failed, tool: "trivy", form: "plan" },
    ]);
  });
});
