import { App, Testing } from "../../../src/cdktf";
import { loadEnvironment } from "../../../src/config/load";
import { createNames } from "../../../src/config/names";
import type { Config } from "../../../src/config/schema";
import { secretsOf } from "../../../src/stacks/secrets-of";
import { ServiceStack } from "../../../src/stacks/service-stack";
import { data, fixtureCode, network } from "../../service/synthesized";
import type { Attributes, TerraformJson } from "../../support/synthesize";
import type { AccountFacts } from "./implied-actions";

/** One action on one pattern of ARNs, under one value of each condition. */
export interface Right {
  readonly sid: string;
  readonly effect: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions: Readonly<Record<string, string>>;
}

/** A function as the synthesized JSON has it. */
export interface DeployedFunction {
  readonly noun: string;
  readonly name: string;
  /** ARN of the queue that takes what asynchronous calls could not do; undefined where there is none. */
  readonly deadLetterQueueArn: string | undefined;
  /** Key of its variables; undefined where that is Lambda's own. */
  readonly variablesKeyArn: string | undefined;
  readonly isTraced: boolean;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** ARNs of the queues that Lambda reads for it. */
  readonly polledQueueArns: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly rights: readonly Right[];
}

export interface Deployed {
  readonly functions: readonly DeployedFunction[];
  readonly facts: AccountFacts;
}

interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: readonly { readonly variable: string; readonly values: readonly string[] }[];
}

/** The functions of an environment out of its service stack's JSON, with the ARNs that AWS would give. */
export const deployed = (environment: string): Deployed => deployedAs(loadEnvironment(environment));

/** The same of a configuration. */
export function deployedAs(config: Config): Deployed {
  const names = createNames(config);
  const json = withArns(
    synthesized(config, (noun) => names.arn("secret", noun)),
    config,
  );
  const { region, accountId } = config;
  const secretKeys = new Map(
    secretsOf(config, names).map(({ noun, existing }) =>
      existing ? [existing.arn, existing.kmsKeyArn] : [names.arn("secret", noun), data.secretsKeyArn],
    ),
  );
  const rotators = new Map(
    Object.values(json.resource?.aws_secretsmanager_secret_rotation ?? {}).map((rotation) => [
      String(rotation.secret_id),
      String(rotation.rotation_lambda_arn),
    ]),
  );
  const keyOf = (arn: string) => {
    if (arn.startsWith("arn:aws:secretsmanager:")) return secretKeys.get(arn);
    return arn.startsWith("arn:aws:sqs:") ? data.messagesKeyArn : data.dataKeyArn;
  };
  return {
    functions: Object.entries(json.resource?.aws_lambda_function ?? {}).map(([id, lambda]) => ({
      noun: String(lambda.function_name).replace(names.name("lambda-function", ""), ""),
      name: String(lambda.function_name),
      ...settingsOf(lambda),
      polledQueueArns: queuesOf(json, id),
      rights: rightsOf(json, String(lambda.role)),
    })),
    facts: { region, accountId, keyOf, rotatorOf: (arn) => rotators.get(arn) },
  };
}

function synthesized(config: Config, secretArn: (noun: string) => string): string {
  const app = new App({ stackTraces: false, skipValidation: true });
  const code = fixtureCode();
  const neighbour = {
    ...data,
    secretArn,
    githubWebhookSecretArn: secretArn("github-webhook"),
    spaceliftWebhookSecretArn: secretArn("spacelift-webhook"),
    githubAppSecretArn: secretArn("github-app"),
  };
  const githubPrefixListId = config.network.egress === "prefix-lists" ? "pl-0123456789abcdef0" : undefined;
  const around = { network: { ...network, githubPrefixListId }, data: neighbour };
  return Testing.synth(new ServiceStack(app, config, { ...around, code: () => code }));
}

function settingsOf(lambda: Attributes) {
  const { dead_letter_config, environment, tracing_config, vpc_config } = lambda as LambdaBlocks;
  return {
    variables: environment?.variables ?? {},
    deadLetterQueueArn: dead_letter_config?.target_arn,
    variablesKeyArn: lambda.kms_key_arn === undefined ? undefined : String(lambda.kms_key_arn),
    isTraced: tracing_config?.mode === "Active",
    subnetIds: vpc_config?.subnet_ids ?? [],
    securityGroupIds: vpc_config?.security_group_ids ?? [],
  };
}

interface LambdaBlocks {
  readonly environment?: { readonly variables: Readonly<Record<string, string>> };
  readonly dead_letter_config?: { readonly target_arn: string };
  readonly tracing_config?: { readonly mode: string };
  readonly vpc_config?: { readonly subnet_ids: readonly string[]; readonly security_group_ids: readonly string[] };
}

/** Follows event source mappings through the alias to the function. */
function queuesOf(json: TerraformJson, lambdaId: string): string[] {
  const mappings = Object.values(json.resource?.aws_lambda_event_source_mapping ?? {});
  const ofThis = mappings.filter(({ function_name }) => {
    const alias = json.resource?.aws_lambda_alias?.[idIn(function_name)];
    return idIn(alias?.function_name) === lambdaId;
  });
  return ofThis.map(({ event_source_arn }) => String(event_source_arn));
}

const idIn = (reference: unknown) => String(reference).split(".").at(-2) ?? "";

/** Puts ARNs, ids and addresses where the JSON refers to a queue, a function or a set of addresses. */
function withArns(text: string, { region, accountId }: Config): TerraformJson {
  const json: TerraformJson = JSON.parse(text);
  const resolved = text.replace(/\$\{(aws_\w+)\.([\w-]+)\.(\w+)\}/g, (reference, type, id, attribute) => {
    const { name, function_name } = json.resource?.[type]?.[id] ?? {};
    if (type === "aws_sqs_queue" && attribute === "arn") return `arn:aws:sqs:${region}:${accountId}:${name}`;
    if (type === "aws_sqs_queue" && attribute === "url") {
      return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
    }
    if (type === "aws_lambda_function" && attribute === "arn") {
      return `arn:aws:lambda:${region}:${accountId}:function:${function_name}`;
    }
    if (type === "aws_wafv2_ip_set") {
      const setId = `id-of-${name}`;
      const arn = `arn:aws:wafv2:${region}:${accountId}:regional/ipset/${name}/${setId}`;
      return String({ arn, id: setId, name }[String(attribute)]);
    }
    return reference;
  });
  return JSON.parse(resolved);
}

/** Follows a function's role to its policy, and the policy to its document. */
function rightsOf(json: TerraformJson, role: string): Right[] {
  const roleName = json.resource?.aws_iam_role?.[idIn(role)]?.name;
  const policies = Object.values(json.resource?.aws_iam_role_policy ?? {}).filter(
    (policy) => policy.role === roleName || idIn(policy.role) === idIn(role),
  );
  const statements = policies.flatMap(
    ({ policy }) => json.data?.aws_iam_policy_document?.[idIn(policy)]?.statement as Statement[],
  );
  return statements.flatMap(({ sid, effect, actions, resources, condition = [] }) =>
    actions.flatMap((action) =>
      resources.flatMap((resource) =>
        eachValue(condition).map((conditions) => ({ sid, effect, action, resource, conditions })),
      ),
    ),
  );
}

/** A condition holds for any of its values: each of them is a right of its own. */
function eachValue(condition: NonNullable<Statement["condition"]>): Readonly<Record<string, string>>[] {
  return condition.reduce<Readonly<Record<string, string>>[]>(
    (before, { variable, values }) =>
      before.flatMap((known) => values.map((value) => ({ ...known, [variable]: value }))),
    [{}],
  );
}
