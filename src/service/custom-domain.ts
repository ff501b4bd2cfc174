import { ApiGatewayBasePathMapping, ApiGatewayDomainName } from "../aws";
import { Construct, TerraformOutput } from "../cdktf";

export interface CustomDomainProps {
  readonly domainName: string;
  /** Of ACM, in the API's region. */
  readonly certificateArn: string;
  readonly restApiId: string;
  readonly stageName: string;
}

/** A domain of the API's own, TLS 1.2 or newer, that leads to one stage.
 *
 * Its base path is empty: what AWS WAF sees behind another one is not documented, and its rules match exact paths. The
 * DNS record is made where the zone is; the two outputs say where it leads. Free.
 */
export class CustomDomain extends Construct {
  constructor(scope: Construct, id: string, { domainName, certificateArn, restApiId, stageName }: CustomDomainProps) {
    super(scope, id);
    const domain = new ApiGatewayDomainName(this, "Default", {
      domainName,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
    });
    new ApiGatewayBasePathMapping(this, "mapping", { apiId: restApiId, stageName, domainName: domain.domainName });
    const output = (name: string, value: string, description: string) =>
      new TerraformOutput(this, name, { value, description, staticId: true });
    output("api-dns-target", domain.regionalDomainName, `What ${domainName} must be an alias of`);
    output("api-dns-zone-id", domain.regionalZoneId, "Hosted zone of that target");
  }
}
