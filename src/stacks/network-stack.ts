import type { App } from "../cdktf";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { EncryptionKey } from "../security/encryption-key";
import { endpointPolicy, modelActions, secretActions } from "../security/endpoint-policies";
import { FlowLogs } from "../security/flow-logs";
import { GatewayEndpoints } from "../security/gateway-endpoints";
import { GithubAddresses } from "../security/github-addresses";
import { InterfaceEndpoint } from "../security/interface-endpoint";
import { logDelivery } from "../security/key-services";
import { LogGroup } from "../security/log-group";
import { modelArns } from "../security/model-arns";
import { NetworkAcls } from "../security/network-acls";
import { PrivateNetwork } from "../security/private-network";
import { SecurityGroups } from "../security/security-groups";
import { subnetPlan } from "../security/subnet-plan";
import type { NetworkOutputs } from "./outputs";
import { PlatformStack } from "./platform-stack";

/** The VPC in the home region: slow to change and dangerous to, so nothing that changes weekly is in it. */
export class NetworkStack extends PlatformStack {
  readonly outputs: NetworkOutputs;

  constructor(app: App, config: Config) {
    super(app, "network", config);
    const { region, accountId } = config;
    const { names } = this;
    const { cidr, natGateways, egress } = config.network;

    const network = new PrivateNetwork(this, "vpc", {
      cidr,
      natGateways,
      zones: subnetPlan(cidr, region, defaults.network.zoneCount),
    });
    const { vpcId, privateSubnetIds } = network;
    new NetworkAcls(this, "acls", {
      vpcId,
      vpcCidr: cidr,
      subnets: { public: network.publicSubnetIds, private: privateSubnetIds },
    });
    const gateways = new GatewayEndpoints(this, "gateway-endpoints", {
      vpcId,
      region,
      accountId,
      routeTableIds: network.privateRouteTableIds,
      bucketArns: [names.arn("s3-bucket", "artifacts")],
      tableArns: [names.arn("dynamodb-table", "reviews"), names.arn("dynamodb-table", "deliveries")],
    });
    const github = egress === "prefix-lists" ? this.#githubAddresses(config) : undefined;
    const groups = new SecurityGroups(this, "groups", {
      vpcId,
      groupNames: {
        functions: names.name("security-group", "functions"),
        "functions-egress": names.name("security-group", "functions-egress"),
        endpoints: names.name("security-group", "endpoints"),
      },
      prefixListIds: gateways.prefixListIds,
      githubPrefixListId: github?.prefixListId,
    });
    const privately = { vpcId, region, subnetIds: privateSubnetIds, securityGroupId: groups.endpointsId };
    new InterfaceEndpoint(this, "bedrock-endpoint", {
      ...privately,
      service: "bedrock-runtime",
      policy: endpointPolicy(accountId, modelActions, modelArns(config.reviews.modelId, region, accountId)),
    });
    if (github) {
      new InterfaceEndpoint(this, "secrets-endpoint", {
        ...privately,
        service: "secretsmanager",
        policy: endpointPolicy(accountId, secretActions, [names.arn("secret", "*")]),
      });
    }

    const key = new EncryptionKey(this, "flow-logs-key", {
      alias: names.name("kms-alias", "flow-logs"),
      description: "Flow logs of the VPC",
      accountId,
      deletionDays: defaults.recovery.keyDeletionDays,
      breakGlassRoleArn: config.breakGlassRoleArn,
      deployRoleArn: config.deployRoleArn,
      services: [logDelivery(region, [names.arn("log-group", "flow-logs")])],
    });
    const logGroup = new LogGroup(this, "flow-logs-group", {
      name: names.name("log-group", "flow-logs"),
      retentionDays: config.retention.flowLogDays,
      kmsKeyArn: key.arn,
    });
    new FlowLogs(this, "flow-logs", {
      vpcId,
      accountId,
      logGroupArn: logGroup.arn,
      roleName: names.name("iam-role", "flow-logs"),
    });

    this.outputs = {
      vpcId,
      privateSubnetIds,
      functionsGroupId: groups.functionsId,
      functionsEgressGroupId: groups.functionsEgressId,
      githubPrefixListId: github?.prefixListId,
    };
  }

  #githubAddresses({ network, waf }: Config): GithubAddresses {
    return new GithubAddresses(this, "github-addresses", {
      name: this.names.name("prefix-list", "github"),
      cidrs: network.githubCidrs,
      spareEntries: defaults.network.spareListEntries,
      filledByOthers: waf.syncGithubCidrs,
    });
  }
}
