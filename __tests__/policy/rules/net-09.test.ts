import { net09 } from "../../../src/policy/rules/net-09-acls-name-a-protocol";
import { aclInEveryForm, everyAcl, noAcl } from "../acl-rule-forms";

const range = "10.20.0.0/16";

describe.each(["ingress", "egress"] as const)("NET-09, %s", (direction) => {
  it.each([
    ["one protocol", { protocol: "tcp", from: 443, to: 443 }],
    ["a deny", { protocol: "-1", action: "deny" }],
    ["what somebody else says", { protocol: "${var.protocol}" }],
  ])("lets %s be, in every form", (_, rule) => {
    expect(aclInEveryForm(net09, { direction, range, ...rule })).toEqual(noAcl);
  });

  it.each([{ protocol: "-1" }, { protocol: -1, from: 0, to: 0 }, { protocol: "all", action: "ALLOW" }])(
    "finds %j, in every form",
    (rule) => {
      const way = direction === "egress" ? "out" : "in";
      expect(aclInEveryForm(net09, { direction, range, ...rule })).toEqual(everyAcl(`allows all protocols ${way}.`));
    },
  );
});
