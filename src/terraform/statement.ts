import type { Value } from "./resolve";

/** One statement of an IAM or resource policy, however it was written. Absent lists are empty. */
export interface Statement {
  readonly sid?: string;
  readonly effect: string;
  readonly actions: readonly Value[];
  readonly notActions: readonly Value[];
  readonly resources: readonly Value[];
  readonly notResources: readonly Value[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for everybody. */
  readonly type: string;
  readonly identifiers: readonly Value[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value[];
}
