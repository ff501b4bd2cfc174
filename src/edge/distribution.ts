import { CloudfrontDistribution, CloudfrontOriginAccessControl } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";

/** A bucket that holds the UI, and its region. */
export interface OriginBucket {
  readonly name: string;
  readonly region: string;
}

export interface DistributionProps {
  /** Of the origin access control, and the comment by which people find the distribution. */
  readonly name: string;
  readonly originBucket: OriginBucket;
  /** Holds the same in another region. */
  readonly replicaBucket: OriginBucket;
  /** @default - CloudFront's own name and certificate, with which CloudFront still accepts TLS 1.0 */
  readonly domain?: { readonly name: string; readonly certificateArn: string };
  /** ISO 3166 codes. */
  readonly blockedCountries: readonly string[];
  readonly webAclArn: string;
  readonly responseHeadersPolicyId: string;
  /** Domain name of a bucket with ACLs. */
  readonly logBucketDomainName: string;
  /** What makes that bucket take ACLs. */
  readonly dependsOn: readonly TerraformResource[];
}

/** AWS's "CachingOptimized": a day by default, no cookies, no query strings, compressed objects apart. */
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

/** Answers of a bucket that is out of order; 503 stands for no connection too, 504 for no answer in time.
 *
 * 403 and 404 are answers of one in order: the page is not there. To ask the replica too would double each request for
 * a missing page, and bring back pages that were deleted: deletions are not copied.
 */
const failures = [500, 502, 503, 504];

/** A bucket that takes no connection is given up after 6 seconds; CloudFront's own three times ten are 30. */
const connection = { connectionAttempts: 2, connectionTimeout: 3 };

/** Serves the UI from edge locations, over HTTPS only, out of two buckets that nobody else can read.
 *
 * The firewall and the country list stand before it, so a flood of requests is answered where it starts and not by the
 * bucket (FS-10). Each request that the bucket fails to answer goes to its replica, so pages outlast the region (FS-01).
 * A missing object is answered 403: the distribution may read objects but not list them. Costs nothing but traffic:
 * 0.085 USD per GB and 0.01 USD per 10,000 requests, of which 1 TB and 10 million a month are free.
 */
export class Distribution extends Construct {
  readonly arn: string;
  readonly domainName: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { originBucket, replicaBucket } = props;
    const access = new CloudfrontOriginAccessControl(this, "origin-access", {
      name: props.name,
      description: `Reads ${originBucket.name} and ${replicaBucket.name}`,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const distribution = new CloudfrontDistribution(this, "Default", {
      enabled: true,
      comment: props.name,
      ...(props.domain ? { aliases: [props.domain.name] } : {}),
      defaultRootObject: "index.html",
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      // North America and Europe; elsewhere requests travel further and cost up to twice as much.
      priceClass: "PriceClass_100",
      webAclId: props.webAclArn,
      origin: [origin("ui", originBucket, access.id), origin("ui-dr", replicaBucket, access.id)],
      originGroup: [
        {
          originId: "ui-or-replica",
          member: [{ originId: "ui" }, { originId: "ui-dr" }],
          failoverCriteria: { statusCodes: failures },
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "ui-or-replica",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: cachingOptimized,
        responseHeadersPolicyId: props.responseHeadersPolicyId,
        compress: true,
      },
      restrictions: { geoRestriction: { restrictionType: "blacklist", locations: [...props.blockedCountries] } },
      viewerCertificate: viewerCertificate(props.domain),
      loggingConfig: { bucket: props.logBucketDomainName, prefix: "ui/", includeCookies: false },
      dependsOn: [...props.dependsOn],
    });
    this.arn = distribution.arn;
    this.domainName = distribution.domainName;
  }
}

const origin = (originId: string, { name, region }: OriginBucket, originAccessControlId: string) => ({
  originId,
  domainName: `${name}.s3.${region}.amazonaws.com`,
  originAccessControlId,
  ...connection,
});

function viewerCertificate(domain: DistributionProps["domain"]) {
  return domain
    ? {
        acmCertificateArn: domain.certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      }
    : // Its minimum cannot be chosen: CloudFront sets TLSv1 whatever is asked for.
      { cloudfrontDefaultCertificate: true };
}
