import { judge, type SecurityFinding } from "../../src/policy/judge";
import { securityRules } from "../../src/policy/security-rules";
import type { Synthesis } from "../../src/terraform/read";
import { example } from "../support/examples";
import { otherwise } from "../support/otherwise";
import { apiMutations } from "./mutations/api";
import { bucketMutations } from "./mutations/buckets";
import { dataMutations } from "./mutations/data-and-keys";
import { edgeMutations } from "./mutations/edge";
import { estateMutations } from "./mutations/estate";
import { functionMutations, signingMutations } from "./mutations/functions";
import { identityMutations } from "./mutations/identity";
import { messageMutations } from "./mutations/messages-and-logs";
import type { Mutation } from "./mutations/mutation";
import { networkMutations } from "./mutations/network";
import { changing } from "./mutations/stack-changes";

const timeout = 60_000;

const mutations = [
  ...[...apiMutations, ...functionMutations, ...edgeMutations, ...bucketMutations, ...dataMutations],
  ...[...messageMutations, ...networkMutations, ...identityMutations, ...estateMutations],
];

const findingsOf = (estate: Synthesis["estate"]) => judge(securityRules, estate, "estate");
/** Which rule says what of which resource. */
const keyOf = ({ rule, stack, address, message }: SecurityFinding) => `${rule} ${stack}/${address} ${message}`;

/** Finds the ids of the rules that say something of a mutation that they do not say of the synthesis itself. */
function finder(synthesis: Synthesis): (mutation: Mutation) => string[] {
  const change = changing(synthesis);
  const known = new Set(findingsOf(synthesis.estate).map(keyOf));
  return (mutation) => {
    const found = findingsOf(change(mutation.change)).filter((finding) => !known.has(keyOf(finding)));
    return [...new Set(found.map(({ rule }) => rule))];
  };
}

const rows = (list: readonly Mutation[]) => list.map((mutation) => [mutation.rule, mutation.what, mutation] as const);

describe("of production, made worse by one line, the rule finds alone", () => {
  const found = finder(example("production"));

  it.each(rows(mutations))(
    "%s: %s",
    (rule, _, mutation) => {
      expect(found(mutation)).toEqual([rule]);
    },
    timeout,
  );
});

describe("of production that signs its code, made worse by one line, the rule finds alone", () => {
  const found = finder(otherwise({ codeSigning: true }).synthesis);

  it.each(rows(signingMutations))(
    "%s: %s",
    (rule, _, mutation) => {
      expect(found(mutation)).toEqual([rule]);
    },
    timeout,
  );
});

describe("a mutation is refused", () => {
  const change = changing(example("production"));

  it("if it changes nothing", () => {
    expect(() => change(({ provider }) => provider("data"))).toThrow("The mutation changes nothing.");
  });

  it("if what it changes is not there", () => {
    expect(() => change(({ at }) => at("aws_kms_key", "data/keys/nothing"))).toThrow(
      "There are 0 of aws_kms_key at data/keys/nothing.",
    );
  });
});

it("every security rule has a mutation", () => {
  const tried = new Set([...mutations, ...signingMutations].map(({ rule }) => rule));

  expect(securityRules.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
});
