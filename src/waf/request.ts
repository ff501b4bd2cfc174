/** A request as AWS WAF sees it. */
export interface WafRequest {
  /** As sent; AWS WAF compares it case-sensitively. */
  readonly method: string;
  /** Raw, without the query: `/api/v1/reviews`. */
  readonly path: string;
  /** Raw, without the question mark; empty where there is none. */
  readonly query: string;
  /** In the order sent; names in any case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: {
    /** Of the whole body, of which AWS WAF reads the beginning only. */
    readonly bytes: number;
    /** One character a byte (latin1); where it is missing, a statement that reads the body cannot be judged. */
    readonly content?: string;
  };
  /** IPv4 or IPv6. */
  readonly sourceIp: string;
  /** ISO 3166 alpha-2; absent where AWS knows no country for the address. */
  readonly country?: string;
}
