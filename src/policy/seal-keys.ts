import type { Resource } from "../terraform/estate";
import type { Statement } from "../terraform/statement";
import { actionsAmong, allowances, statementsOf } from "./identity";
import { refuses } from "./lock-denies";
import type { Look } from "./look";
import { textsOf } from "./policies";
import { placedPolicies } from "./policy-places";
import type { Weakness } from "./security-rule";

const sign = "kms:Sign";

/** Keys that sign, and whoever may sign with one although the key's policy names another. */
export function* unguardedSigning(look: Look): Iterable<Weakness> {
  const keys = look.resources("aws_kms_key").filter((key) => look.text(key, "key_usage") === "SIGN_VERIFY");
  const sealers = new Set<string>();
  for (const at of keys) {
    const names = keyStatements(look, at).flatMap(sealersOf);
    for (const name of names) sealers.add(name);
    if (names.length === 0) {
      const fix = `Deny ${sign} in the key's policy to all but the role that seals, by aws:PrincipalArn.`;
      yield { at, message: "signs for more than one role.", fix };
    }
  }
  for (const { at, statement } of allowances(look)) {
    if (actionsAmong(statement, [sign]).length === 0 || sealers.has(holderOf(look, at))) continue;
    const fix = `Take ${sign} away; only the role that the seal key's policy names may have it.`;
    yield { at, message: `allows ${sign} to a role that does not seal.`, fix };
  }
}

const keyStatements = (look: Look, key: Resource): Statement[] => {
  const companions = look.linked(key, "aws_kms_key_policy", "key_id");
  return placedPolicies(look)
    .filter(({ at, kind }) => kind === "resource" && (at === key || companions.includes(at)))
    .flatMap(statementsOf);
};

/** The one role that a Deny of signing leaves out, by its name. */
function sealersOf(statement: Statement): string[] {
  if (!refuses(statement, sign)) return [];
  const [condition, second] = statement.conditions;
  if (condition === undefined || second !== undefined) return [];
  if (!/^(Arn|String)Not(Equals|Like)$/.test(condition.operator)) return [];
  if (condition.key.toLowerCase() !== "aws:principalarn" || condition.values.length !== 1) return [];
  return textsOf(condition.values).flatMap((arn) => /:role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arn)?.[1] ?? []);
}

/** The name of the role that has a policy. */
const holderOf = (look: Look, policy: Resource): string => {
  const role = policy.type === "aws_iam_role" ? policy : look.target(policy, "role");
  return (role ? look.text(role, "name") : look.text(policy, "role")) ?? "";
};
