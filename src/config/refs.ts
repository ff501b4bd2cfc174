/** What a part needs to know of a thing, whether this project owns it or only hardens it. */

export interface ApiRef {
  readonly restApiId: string;
  /** The name that metrics carry as `ApiName`. */
  readonly name: string;
  readonly stage: string;
}

export interface FunctionRef {
  readonly name: string;
  readonly arn: string;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number;
}

export interface TableRef {
  readonly name: string;
  readonly arn: string;
}

export interface BucketRef {
  readonly name: string;
  readonly arn: string;
}

export interface SecretRef {
  /** What metrics carry as `Secret`. */
  readonly name: string;
  readonly arn: string;
}
