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

/** The values of a header, by its name in lower case; none where the request has no such header. */
export const headerValues = ({ headers }: WafRequest, wanted: string): string[] =>
  headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);

/** The value of a header, if it is there. Throws for a repeated one. */
export function header(request: WafRequest, wanted: string): string | undefined {
  const [value, second] = headerValues(request, wanted);
  if (second === undefined) return value;
  throw new Error(`The header ${wanted} is repeated; how AWS WAF joins it is not known.`);
}
