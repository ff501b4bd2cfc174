import { z } from "zod";
import type { Decision } from "../../waf/evaluate";
import { decideCase, RequestCase } from "../waf/cases";
import { configuredAcl, FirewallConfig } from "../waf/configured-acl";
import type { Judgement } from "./judgement";

const Case = RequestCase.extend({
  config: FirewallConfig.partial().default({}),
  expect: z.looseObject({ verdict: z.enum(["allow", "block"]) }),
});

const File = z.looseObject({ config: FirewallConfig });

/** Judges a request against the API's firewall, synthesized with the configuration of the file and of the case. */
export function judgeWafRequest(json: unknown, file: unknown): Judgement & { readonly decision: Decision } {
  const { expect, config: own, ...given } = Case.parse(json);
  const config = FirewallConfig.parse({ ...File.parse(file).config, ...own });
  // The list that the configuration leaves out matches nothing.
  const managed = given.managed.filter((hit) => config.anonymousIp !== "off" || !hit.startsWith("aws-anonymous-ip/"));
  const decision = decideCase(configuredAcl(config), { ...given, managed });
  const told = Object.entries(decision).filter(([key]) => key in expect || key === "managedRule");
  return { case: given.id, expected: expect, actual: Object.fromEntries(told), decision };
}
