import { net02 } from "../../../src/policy/rules/net-02-outgoing-traffic-has-ports";
import { everywhere, inEveryForm, nowhere, type WrittenRule } from "../group-rule-forms";

const out = (protocol: string | number, from?: number | string, to?: number | string): WrittenRule => ({
  ...{ direction: "egress", protocol, range: "10.20.0.0/16" },
  ...(from === undefined || to === undefined ? {} : { from, to }),
});

describe("NET-02", () => {
  it.each([
    ["one port", out("tcp", 443, 443)],
    ["most ports", out("tcp", 1024, 65535)],
    ["messages of ICMP", out("icmp", -1, -1)],
    ["a protocol without ports", out("50")],
    ["ports that somebody else says", out("tcp", "${var.from}", "${var.to}")],
    ["all that comes in", { ...out("-1"), direction: "ingress" as const }],
  ])("lets %s be, in every form", (_, rule) => {
    expect(inEveryForm(net02, rule)).toEqual(nowhere);
  });

  it.each([
    ["all protocols", out("-1")],
    ["all protocols", out(-1, 0, 0)],
    ["all protocols", out("all")],
    ["all ports of tcp", out("tcp", 0, 65535)],
    ["all ports of tcp", out("6", "0", "65535")],
    ["all ports of udp", out("udp", 1, 65535)],
    ["all ports of tcp", out("tcp")],
  ])("finds that a rule lets %s out, in every form: %j", (what, rule) => {
    expect(inEveryForm(net02, rule)).toEqual(everywhere("egress", `lets ${what} out.`));
  });
});
