/** Ids that AWS invents, out of `network`: with those of `data` the only values that cross stacks. */
export interface NetworkOutputs {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  /** For functions that reach AWS through endpoints only. */
  readonly functionsGroupId: string;
  /** Beside `functionsGroupId`, for functions that also reach the internet through the NAT gateway. */
  readonly functionsEgressGroupId: string;
  /** GitHub's addresses, where `functions-egress` reaches no others. */
  readonly githubPrefixListId: string | undefined;
}

/** Ids that AWS invents, out of `data`. Names and ARNs of tables, buckets and aliases come from `names` instead. */
export interface DataOutputs {
  /** Key of tables and the artifacts bucket in the home region. */
  readonly dataKeyArn: string;
  /** Its counterpart in the DR region. */
  readonly drDataKeyArn: string;
  readonly secretsKeyArn: string;
  /** Key of queues. */
  readonly messagesKeyArn: string;
  /** Key of log groups in the home region. */
  readonly logsKeyArn: string;
  /** Key of Lambda environment variables. */
  readonly functionsKeyArn: string;
  readonly githubWebhookSecretArn: string;
  readonly spaceliftWebhookSecretArn: string;
  readonly githubAppSecretArn: string;
  /** Of a secret by its noun; throws for one that the environment has not. */
  readonly secretArn: (noun: string) => string;
}
