import { VpcEndpoint } from "../aws";
import { Construct } from "../cdktf";

export interface InterfaceEndpointProps {
  readonly vpcId: string;
  readonly region: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Last part of `com.amazonaws.REGION.SERVICE`. */
  readonly service: "bedrock-runtime" | "secretsmanager";
  /** What callers may do through it, as JSON. */
  readonly policy: string;
}

/** A private address of an AWS service in every zone, under the service's usual name.
 *
 * Customers' code on its way to the model does not leave AWS's network, and a NAT fault does not stop reviews (FS-02).
 * Costs 7.30 USD a month and zone, and 0.01 per GB.
 */
export class InterfaceEndpoint extends Construct {
  constructor(scope: Construct, id: string, { region, service, ...props }: InterfaceEndpointProps) {
    super(scope, id);
    new VpcEndpoint(this, "Default", {
      vpcId: props.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [...props.subnetIds],
      securityGroupIds: [props.securityGroupId],
      policy: props.policy,
      tags: { Name: service },
    });
  }
}
