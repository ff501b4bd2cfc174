import { z } from "zod";
import { judge } from "../../policy/judge";
import { securityRules } from "../../policy/security-rules";
import { estateOf } from "../../terraform/estate";
import { isObject, type JsonObject } from "../../terraform/json";
import { wholeStack } from "../../terraform/whole-stack";
import type { Judgement } from "./judgement";

const Case = z
  .looseObject({
    name: z.string(),
    /** The one rule that is broken, and where; neither where nothing is. */
    rule: z.string().optional(),
    address: z.string().optional(),
    config: z.custom<JsonObject>(isObject, "config must be an object"),
  })
  .refine(({ rule, address }) => (rule === undefined) === (address === undefined), "rule and address come together");

const BadCase = z.looseObject({ rule: z.string(), address: z.string() });

/** Judges a fragment that breaks a rule; a case that names none would pass for nothing. */
export function judgeBadPolicyCase(json: unknown): Judgement {
  BadCase.parse(json);
  return judgePolicyCase(json);
}

/** Judges a fragment of Terraform JSON by the rules that judge resources alone or with those they are linked to. */
export function judgePolicyCase(json: unknown): Judgement {
  const { name, rule, address, config } = Case.parse(json);
  const rules = securityRules.filter(({ scope }) => scope !== "estate");
  const found = judge(rules, estateOf([wholeStack("fragment", config)]), "fragment");
  return {
    case: name,
    expected: rule === undefined ? [] : [{ rule, address }],
    actual: inOneOrder(found.map((finding) => ({ rule: finding.rule, address: finding.address }))),
  };
}

/** Each pair once, in order: a rule may find several things wrong at one address. */
function inOneOrder(findings: readonly { readonly rule: string; readonly address: string }[]) {
  const pairs = new Map(findings.map((finding) => [`${finding.rule} ${finding.address}`, finding]));
  return [...pairs.keys()].sort().map((key) => pairs.get(key));
}
