import { VpcEndpoint } from "../aws";
import { Construct } from "../cdktf";
import { endpointPolicy, modelActions } from "./endpoint-policies";

export interface BedrockEndpointProps {
  readonly vpcId: string;
  readonly region: string;
  readonly accountId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly modelArns: readonly string[];
}

/** A private address of Bedrock's runtime in every zone, for the configured models only.
 *
 * Customers' code on its way to the model does not leave AWS's network, and a NAT fault does not stop reviews (FS-02).
 * Costs 7.30 USD a month and zone, and 0.01 per GB.
 */
export class BedrockEndpoint extends Construct {
  constructor(scope: Construct, id: string, props: BedrockEndpointProps) {
    super(scope, id);
    new VpcEndpoint(this, "Default", {
      vpcId: props.vpcId,
      serviceName: `com.amazonaws.${props.region}.bedrock-runtime`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [...props.subnetIds],
      securityGroupIds: [props.securityGroupId],
      policy: endpointPolicy(props.accountId, modelActions, props.modelArns),
      tags: { Name: "bedrock-runtime" },
    });
  }
}
