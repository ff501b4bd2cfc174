import openapi from "../../functions/openapi.json";
import { ExistingThings } from "../adopt/existing";
import type { App } from "../cdktf";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { routes } from "../limits/routes";
import { Throttling } from "../limits/throttling";
import { SecretFunctions } from "../secrets/secret-functions";
import { logArchive } from "../security/log-archive";
import { LogGroup } from "../security/log-group";
import { modelArns } from "../security/model-arns";
import { ApiStage } from "../service/api-stage";
import { CodeSigning } from "../service/code-signing";
import { CustomDomain } from "../service/custom-domain";
import { functionVariables, githubSyncVariables } from "../service/environment";
import { networkOf, serviceFunctions } from "../service/functions";
import type { LambdaCode } from "../service/lambda-bundle";
import { LambdaFunction, type LambdaFunctionProps } from "../service/lambda-function";
import { functionStatements, githubSyncStatements } from "../service/permissions";
import { RestApi } from "../service/rest-api";
import { ScheduledInvocation, undeliveredEvents } from "../service/scheduled-invocation";
import { QueueConsumer, WorkQueue } from "../service/work-queue";
import { ApiFirewall } from "../waf/api-firewall";
import type { DataOutputs, NetworkOutputs } from "./outputs";
import { PlatformStack } from "./platform-stack";
import { secretsOf } from "./secrets-of";

export interface ServiceStackProps {
  readonly network: NetworkOutputs;
  readonly data: DataOutputs;
  /** Code of a function by its folder in `functions/`. */
  readonly code: (name: string) => LambdaCode;
}

/** Metrics carry the stage as a dimension, so its name is a promise to the alarms. */
const stageName = "live";
const { reviews, retention, waf } = defaults;
const keyArnsOf = ({ functionsKeyArn, logsKeyArn, messagesKeyArn }: DataOutputs) => ({
  functions: functionsKeyArn,
  logs: logsKeyArn,
  messages: messagesKeyArn,
});

/** The API, its firewall and throttles, and the functions behind it: what changes every week. */
export class ServiceStack extends PlatformStack {
  readonly #signing: CodeSigning | undefined;

  constructor(app: App, config: Config, props: ServiceStackProps) {
    super(app, "service", config);
    const { names } = this;
    this.#signing = config.codeSigning ? this.#codeSigning(props.data.dataKeyArn) : undefined;
    const queue = new WorkQueue(this, "reviews", {
      names,
      noun: "reviews",
      kmsKeyArn: props.data.messagesKeyArn,
      retentionDays: reviews.queueRetentionDays,
      deadLetterRetentionDays: reviews.deadLetterRetentionDays,
      visibilityTimeoutSeconds: reviews.visibilityTimeoutFactor * config.functions.reviewer.timeoutSeconds,
      maxReceiveCount: reviews.maxReceiveCount,
    });
    const functions = this.functions(config, props, queue);

    new QueueConsumer(this, "review-consumer", {
      queueArn: queue.arn,
      aliasArn: functions.reviewer.aliasArn,
      messagesPerInvocation: reviews.messagesPerInvocation,
      maximumConcurrency: config.functions.reviewer.reservedConcurrency,
    });
    new ScheduledInvocation(this, "probe-schedule", {
      names,
      noun: "probe",
      description: "Probes what the private network reaches",
      target: functions.probe,
      ...defaults.probe,
    });
    const api = new RestApi(this, "api", {
      name: names.name("rest-api", "api"),
      routes,
      description: openapi,
      targets: functions,
      hasOwnDomain: config.api !== undefined,
      authorizer: { name: "token", target: functions.authorizer, ...defaults.authorizer },
    });
    const { githubIpSets } = this.publish(config, api, props.data.logsKeyArn);
    if (config.waf.syncGithubCidrs) this.keepGithubIps(config, props, githubIpSets);
    this.keepSecrets(config, props);
  }

  #codeSigning(kmsKeyArn: string): CodeSigning {
    const { names } = this;
    return new CodeSigning(this, "code-signing", {
      names,
      bucketName: names.name("s3-bucket", "artifacts"),
      kmsKeyArn,
    });
  }

  private functions(config: Config, props: ServiceStackProps, queue: WorkQueue) {
    const { names } = this;
    const { data } = props;
    const variables = functionVariables({
      ...data,
      names,
      identity: config.identity,
      github: config.github,
      egress: config.network.egress,
      modelId: config.reviews.modelId,
      maxReviewsPerDay: config.reviews.maxPerDay,
      timing: config.secrets.timing,
      reviewsQueueUrl: queue.url,
    });
    const used = {
      ...data,
      reviewsTableArn: names.arn("dynamodb-table", "reviews"),
      deliveriesTableArn: names.arn("dynamodb-table", "deliveries"),
      artifactsBucketArn: names.arn("s3-bucket", "artifacts"),
      reviewsQueueArn: queue.arn,
      modelArns: modelArns(config.reviews.modelId, config.region, config.accountId),
    };
    const lambda = (noun: keyof typeof functionStatements) =>
      this.lambda(config, props, noun, {
        variables: variables[noun],
        statements: functionStatements[noun](used),
        deadLetterSenders: noun === "probe" ? [undeliveredEvents(names, noun)] : [],
      });
    return {
      webhook: lambda("webhook"),
      authorizer: lambda("authorizer"),
      "reviews-api": lambda("reviews-api"),
      reviewer: lambda("reviewer"),
      probe: lambda("probe"),
    };
  }

  private lambda(
    { functions, retention }: Config,
    { network, data, code }: ServiceStackProps,
    noun: keyof typeof serviceFunctions,
    props: Pick<LambdaFunctionProps, "variables" | "statements" | "deadLetterSenders">,
  ): LambdaFunction {
    return new LambdaFunction(this, noun, {
      ...functions[noun],
      ...props,
      names: this.names,
      noun,
      description: serviceFunctions[noun].description,
      code: code(noun),
      signing: this.#signing,
      network: networkOf(serviceFunctions[noun], network),
      keyArns: keyArnsOf(data),
      logRetentionDays: retention.functionLogDays,
      deadLetterRetentionDays: reviews.deadLetterRetentionDays,
    });
  }

  /** The function that keeps GitHub's addresses, in the firewall's sets among others, so it comes after the firewall. */
  private keepGithubIps(config: Config, props: ServiceStackProps, sets: ApiFirewall["githubIpSets"]): void {
    const { names } = this;
    const noun = "sync-github-ips";
    const { githubPrefixListId: listId } = props.network;
    const listArn = listId && `arn:aws:ec2:${config.region}:${config.accountId}:prefix-list/${listId}`;
    const target = this.lambda(config, props, noun, {
      variables: githubSyncVariables(config.github.apiBaseUrl, sets, listId),
      statements: githubSyncStatements([sets.v4.arn, sets.v6.arn], listArn),
      deadLetterSenders: [undeliveredEvents(names, noun)],
    });
    const description = "Brings GitHub's addresses to the firewall";
    new ScheduledInvocation(this, `${noun}-schedule`, { names, noun, description, target, ...defaults.githubSync });
  }

  private keepSecrets(config: Config, { data, code }: ServiceStackProps): void {
    const { names } = this;
    new SecretFunctions(this, "secrets", {
      names,
      code,
      signing: this.#signing,
      planned: secretsOf(config, names),
      secretArn: ({ noun, existing }) => existing?.arn ?? data.secretArn(noun),
      github: config.github,
      timing: config.secrets.timing,
      sizes: config.functions,
      keyArns: { ...keyArnsOf(data), secrets: data.secretsKeyArn, data: data.dataKeyArn },
      logRetentionDays: config.retention.functionLogDays,
      deadLetterRetentionDays: reviews.deadLetterRetentionDays,
      rotationWindow: defaults.secrets.rotationWindow,
      jobs: defaults.secretJobs,
    });
  }

  /** Stage, throttles and firewall. */
  private publish({ limits, ...config }: Config, api: RestApi, kmsKeyArn: string): ApiFirewall {
    const { names } = this;
    const logGroupArn = (id: string, kind: "log-group" | "waf-log-group", noun: string, retentionDays: number) =>
      new LogGroup(this, id, {
        name: names.name(kind, noun),
        retentionDays,
        kmsKeyArn,
        archive: logArchive(names),
      }).arn;
    const { resource: stage } = new ApiStage(this, "stage", {
      api,
      name: stageName,
      accessLogGroupArn: logGroupArn("access-logs", "log-group", "api-access", config.retention.accessLogDays),
      executionLogRetentionDays: retention.executionLogDays,
      logKeyArn: kmsKeyArn,
    });
    new Throttling(this, "throttling", { restApiId: api.resource.id, stageName: stage.stageName, routes, limits });
    if (config.api) {
      const domain = { ...config.api, restApiId: api.resource.id, stageName: stage.stageName };
      new CustomDomain(this, "domain", domain);
    }
    const firewall = new ApiFirewall(this, "firewall", {
      ...waf,
      ...config.waf,
      names,
      stageArn: stage.arn,
      // At the host that AWS gives, a path begins with the stage.
      pathPrefix: config.api ? "" : `/${stageName}`,
      webhookRatePerIp: limits.webhook.ratePerSecond * waf.rateWindowSeconds,
      logGroupArn: logGroupArn("firewall-logs", "waf-log-group", "api", config.retention.wafLogDays),
    });
    const { webAclArn } = firewall;
    new ExistingThings(this, "existing", { stack: "service", existing: config.existing, names, webAclArn });
    return firewall;
  }
}
