import { VpcEndpoint } from "../aws";
import { Construct } from "../cdktf";
import { bucketActions, endpointPolicy, tableActions } from "./endpoint-policies";

export interface GatewayEndpointsProps {
  readonly vpcId: string;
  readonly region: string;
  readonly accountId: string;
  readonly routeTableIds: readonly string[];
  readonly bucketArns: readonly string[];
  readonly tableArns: readonly string[];
}

/** Routes to S3 and DynamoDB that do not pass NAT, limited to our own buckets and tables.
 *
 * Free, and they save NAT's 0.045 USD per GB. Functions without egress reach their data through these alone.
 */
export class GatewayEndpoints extends Construct {
  readonly prefixListIds: Readonly<Record<"s3" | "dynamodb", string>>;

  constructor(scope: Construct, id: string, props: GatewayEndpointsProps) {
    super(scope, id);
    const endpoint = (service: "s3" | "dynamodb", policy: string) =>
      new VpcEndpoint(this, service, {
        vpcId: props.vpcId,
        serviceName: `com.amazonaws.${props.region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: [...props.routeTableIds],
        policy,
        tags: { Name: service },
      }).prefixListId;
    this.prefixListIds = {
      s3: endpoint(
        "s3",
        endpointPolicy(
          props.accountId,
          bucketActions,
          props.bucketArns.flatMap((arn) => [arn, `${arn}/*`]),
        ),
      ),
      dynamodb: endpoint(
        "dynamodb",
        endpointPolicy(
          props.accountId,
          tableActions,
          props.tableArns.flatMap((arn) => [arn, `${arn}/index/*`]),
        ),
      ),
    };
  }
}
