import type { Estate, Resource } from "../../terraform/estate";
import type { Condition, Statement } from "../../terraform/statement";
import { actionsAmong, allowances } from "../identity";
import { type Look, lookAt } from "../look";
import { textsOf } from "../policies";
import { placedPolicies } from "../policy-places";
import type { Rule, Violation } from "../rule";
import { shapeOf, untoldPart } from "../shapes";

/** Condition keys whose value is an account or an ARN, and so names whoever is let through. */
const naming = /^(aws:(principalaccount|principalarn|sourceaccount|sourcearn|sourceowner)|kms:calleraccount)$/i;

/** Whom a policy lets through is named by what it allows, and by what it leaves out of a refusal.
 *
 * Openness is judged elsewhere, so `*` alone as principal is passed over; an expression that leads nowhere is IAM-07's.
 * EST-03 asks the same of what functions may act on; here any role may take roles of our accounts only.
 */
export const principalsAreOurs: Rule = {
  id: "principals-are-ours",
  promise: "No policy lets through an account that is not the estate's, and no role may take a role there.",
  why: "Whoever owns the other account decides who comes in, and no policy of ours can say no (FS-09).",
  *violations(estate) {
    const look = lookAt(estate);
    const isForeign = foreignTo(estate);
    for (const { at, kind, read } of placedPolicies(look)) {
      if (kind !== "resource" && kind !== "trust") continue;
      for (const named of new Set(read().flatMap(letThrough).filter(isForeign))) {
        yield { at, message: `lets through ${named}, which is not of our account; name our own, or take it out.` };
      }
    }
    for (const at of look.resources("aws_lambda_permission")) {
      for (const named of callersOf(at).filter(isForeign)) {
        yield { at, message: `lets through ${named}, which is not of our account; name our own, or take it out.` };
      }
    }
    yield* rolesTaken(look, isForeign);
  },
};

/** An account's id, or an ARN that holds one; that of a bucket holds none. What is neither cannot be told to be ours. */
function foreignTo(estate: Estate): (named: string) => boolean {
  const accounts = new Set([...estate.values()].flatMap(({ accountId }) => accountId ?? []));
  return (named) => {
    const account = named.startsWith("arn:") ? named.split(":")[4] : named;
    return account !== "" && account !== undefined && !account.startsWith(untoldPart) && !accounts.has(account);
  };
}

function letThrough({ effect, principals, notPrincipals, conditions }: Statement): string[] {
  const isAllow = effect === "Allow";
  const people = (isAllow ? principals : notPrincipals).filter(({ type }) => /^(AWS|CanonicalUser)$/.test(type));
  const meant = conditions.filter((condition) => isNaming(condition) && isExcept(condition) !== isAllow);
  return [
    ...people.flatMap(({ identifiers }) => textsOf(identifiers)).filter((named) => named !== "*"),
    ...meant.flatMap(({ values }) => textsOf(values)),
  ];
}

const isNaming = ({ operator, key }: Condition): boolean => naming.test(key) && !/^null$/i.test(operator);

const isExcept = ({ operator }: Condition): boolean => /not/i.test(operator);

/** Services are no accounts; for those the ARN and the account of what calls them count. */
function callersOf(at: Resource): string[] {
  const told = ["principal", "source_account", "source_arn"].flatMap((name) => {
    const shape = shapeOf(at.attributes[name] ?? "", at.stack);
    return shape.kind === "literal" ? [String(shape.value)] : [];
  });
  return told.filter((named) => named !== "" && named !== "*" && !/\.amazonaws\.com(\.cn)?$/.test(named));
}

function* rolesTaken(look: Look, isForeign: (named: string) => boolean): Iterable<Violation> {
  for (const { at, statement } of allowances(look)) {
    if (actionsAmong(statement, ["sts:AssumeRole"]).length === 0) continue;
    for (const named of textsOf(statement.resources).filter(isForeign)) {
      yield { at, message: `may take ${named}, a role of an account that is not ours; name the role and our account.` };
    }
  }
}
