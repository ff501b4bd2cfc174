import type { Value } from "../../terraform/resolve";
import type { Statement } from "../../terraform/statement";
import { githubSubjectProblem, isGithubTrust } from "../github-trust";
import { statementsOf } from "../identity";
import { isOpenAllow, singlesOut, textsOf } from "../policies";
import { placedPolicies } from "../policy-places";
import type { SecurityRule } from "../security-rule";

export const iam05: SecurityRule = {
  id: "IAM-05",
  scope: "resource",
  demand: "A trust policy names who may take the role; a whole account only under a condition, GitHub by repository.",
  why: "A role that strangers may take is theirs, whichever account of AWS or workflow of GitHub they come from.",
  covers: ["CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_358", "CKV_AWS_393"],
  *check(look) {
    for (const policy of placedPolicies(look)) {
      if (policy.kind !== "trust" && policy.kind !== "document") continue;
      for (const statement of statementsOf(policy)) {
        if (statement.effect !== "Allow" || (policy.kind === "document" && !isAboutRoles(statement))) continue;
        for (const weakness of weaknesses(statement)) yield { at: policy.at, ...weakness };
      }
    }
  },
};

function* weaknesses(statement: Statement): Iterable<{ message: string; fix: string }> {
  if (isOpenAllow(statement)) {
    const who = statement.notPrincipals.length > 0 ? "all but a list" : "everybody";
    yield { message: `can be taken by ${who}.`, fix: "Name the roles or the service in Principal." };
  }
  const accounts = wholeAccounts(statement);
  if (accounts.length > 0 && !statement.conditions.some(singlesOut)) {
    yield {
      message: `can be taken by all of ${accounts.join(", ")}.`,
      fix: "Name the roles by ARN, or add a condition such as StringEquals on aws:PrincipalArn or sts:ExternalId.",
    };
  }
  if (isGithubTrust(statement)) {
    const problem = githubSubjectProblem(statement);
    if (problem !== undefined) yield problem;
  }
}

/** A document by itself says what it is for by its actions. */
const isAboutRoles = ({ actions }: Statement): boolean => textsOf(actions).some((action) => /^sts:/i.test(action));

/** Accounts among the principals: a root ARN, or an id by itself. */
function wholeAccounts({ principals }: Statement): string[] {
  const identifiers = principals.flatMap(({ type, identifiers }) => (type === "AWS" ? identifiers : []));
  return identifiers.flatMap((identifier) => {
    if (identifier.kind === "literal") {
      const written = String(identifier.value);
      return /^(\d{12}|arn:[^:]+:iam::[^:]+:root)$/.test(written) ? [written] : [];
    }
    return ownId.test(referenceIn(identifier)) ? ["this account"] : [];
  });
}

const ownId = /^data\.aws_caller_identity\.[\w-]+\.account_id$/;

const referenceIn = (value: Exclude<Value, { kind: "literal" }>): string =>
  value.kind === "reference" ? `${value.resource.address}.${value.attribute}` : (value.outside ?? "");
