import { ApiGatewayClientCertificate, ApiGatewayDeployment, ApiGatewayStage, CloudwatchLogGroup } from "../aws";
import { Construct } from "../cdktf";
import { accessLogFormat } from "./access-log-format";
import type { RestApi } from "./rest-api";

export interface ApiStageProps {
  readonly api: RestApi;
  readonly name: string;
  readonly accessLogGroupArn: string;
  readonly executionLogRetentionDays: number;
  readonly logKeyArn: string;
}

/** What callers reach: one deployed state of the API, with a line in the access log for every request.
 *
 * A change of the API shows only after a deployment, so its version is the deployment's trigger. There is no cache: the
 * answers are each caller's own. Logging needs the account's CloudWatch role, which is set outside this project.
 */
export class ApiStage extends Construct {
  readonly resource: ApiGatewayStage;

  constructor(scope: Construct, id: string, { api, ...props }: ApiStageProps) {
    super(scope, id);
    const restApiId = api.resource.id;
    const deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId,
      triggers: { version: api.version },
      dependsOn: [...api.parts],
      lifecycle: { createBeforeDestroy: true },
    });
    // API Gateway gives the name and would make the group itself, without expiry and without key. It goes with the API.
    const executionLogs = new CloudwatchLogGroup(this, "execution-logs", {
      name: `API-Gateway-Execution-Logs_${restApiId}/${props.name}`,
      retentionInDays: props.executionLogRetentionDays,
      kmsKeyId: props.logKeyArn,
    });
    const certificate = new ApiGatewayClientCertificate(this, "client-certificate", {
      description: "Shows a back end that a call comes from this API",
    });
    this.resource = new ApiGatewayStage(this, "Default", {
      restApiId,
      deploymentId: deployment.id,
      stageName: props.name,
      xrayTracingEnabled: true,
      clientCertificateId: certificate.id,
      accessLogSettings: { destinationArn: props.accessLogGroupArn, format: accessLogFormat },
      dependsOn: [executionLogs],
    });
  }
}
