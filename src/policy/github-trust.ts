import type { Condition, Statement } from "../terraform/statement";
import { textsOf } from "./policies";

const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";

/** One repository, then what of it: no wildcard before the second colon or right after it. `…` stands for an untold part. */
const subject = /^repo:(?:[^/:*?]+\/[^:*?]+|[^:*?]*…[^:*?]*):[^*?].*$/;

/** Whether a statement of a trust policy lets in tokens of GitHub Actions. */
export function isGithubTrust({ principals, conditions }: Statement): boolean {
  const isProvider = principals.some(
    ({ type, identifiers }) =>
      type === "Federated" &&
      identifiers.some((identifier) => {
        if (identifier.kind === "literal") return String(identifier.value).includes(issuer);
        return identifier.kind === "reference" && String(identifier.resource.attributes.url ?? "").includes(issuer);
      }),
  );
  return isProvider || conditions.some(({ key }) => key.toLowerCase().startsWith(issuer));
}

/** What is wrong with the audience or the subject that such a statement asks for; undefined where nothing is. */
export function githubSubjectProblem({ conditions }: Statement): { message: string; fix: string } | undefined {
  const demands = (claim: string, isRight: (value: string) => boolean): boolean =>
    conditions.some((condition) => isDemandOn(condition, claim) && textsOf(condition.values).every(isRight));

  if (!demands("aud", (value) => value === audience)) {
    return {
      message: "can be taken by a token of GitHub that was made for somebody else.",
      fix: `Add the condition StringEquals on ${issuer}:aud with ${audience}.`,
    };
  }
  if (!demands("sub", (value) => subject.test(value))) {
    return {
      message: "can be taken by workflows of GitHub that are not of one repository and one branch or environment.",
      fix: `Write ${issuer}:sub as repo:ORG/REPO:environment:NAME, with no wildcard up to there.`,
    };
  }
  return undefined;
}

/** A condition that a token without the claim, or with another value of it, does not meet. */
const isDemandOn = ({ operator, key }: Condition, claim: string): boolean =>
  /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i.test(operator) &&
  key.toLowerCase().startsWith(issuer) &&
  key.toLowerCase().endsWith(`:${claim}`);
