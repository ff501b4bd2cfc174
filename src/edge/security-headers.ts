import { CloudfrontResponseHeadersPolicy } from "../aws";
import { Construct } from "../cdktf";

export interface SecurityHeadersProps {
  readonly name: string;
  readonly strictTransportSeconds: number;
  /** Origins beside its own that the UI calls: the API and the token issuer. */
  readonly connectSources: readonly string[];
  /** Origins that the UI shows in a frame: a sign-in library renews tokens in one. */
  readonly frameSources: readonly string[];
}

/** The headers that make a browser distrust everything about the UI but what it needs. Free.
 *
 * A script that gets into a page, out of a reviewed diff for instance, can neither load code from elsewhere nor send
 * what it read to anybody, and the page can be framed by nobody (FS-09). They replace what the origin says.
 */
export class SecurityHeaders extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: SecurityHeadersProps) {
    super(scope, id);
    const policy = new CloudfrontResponseHeadersPolicy(this, "Default", {
      name: props.name,
      securityHeadersConfig: {
        strictTransportSecurity: {
          accessControlMaxAgeSec: props.strictTransportSeconds,
          includeSubdomains: true,
          preload: true,
          override: true,
        },
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(props), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
        // Off, as OWASP asks: the filter of old browsers could itself be turned against a page.
        xssProtection: { protection: false, override: true },
      },
      customHeadersConfig: {
        items: [
          { header: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()", override: true },
          { header: "Cross-Origin-Opener-Policy", value: "same-origin", override: true },
        ],
      },
    });
    this.id = policy.id;
  }
}

/** What a page may load, call and be shown in; everything that is not named is its own origin's or nobody's. */
export function contentSecurityPolicy({
  connectSources,
  frameSources,
}: Pick<SecurityHeadersProps, "connectSources" | "frameSources">): string {
  return [
    "default-src 'self'",
    `connect-src ${["'self'", ...connectSources].join(" ")}`,
    `frame-src ${frameSources.join(" ") || "'none'"}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "upgrade-insecure-requests",
  ].join("; ");
}
