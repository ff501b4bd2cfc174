import { isObject, type JsonObject } from "../terraform/json";
import type { Look } from "./look";
import { textsOf } from "./policies";
import { untoldPart } from "./shapes";

/** What tells an ARN of the estate from a stranger's. An empty set tells nothing: all accounts, or regions, are ours. */
export interface OwnArns {
  readonly accounts: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  /** Names of things that have one of their own. */
  readonly names: ReadonlySet<string>;
  /** What names begin with, such as `acme-production-`; Glue and restore tests have `_` for `-`. */
  readonly prefixes: readonly string[];
  /** ARNs of things that others made and this estate sets something on: a rotation, a mapping, an alarm's topic. */
  readonly attached: ReadonlySet<string>;
}

/** Types by whose names ARNs are made, and the attribute that holds the name. */
const nameAttributes: Readonly<Record<string, string>> = {
  aws_backup_vault: "name",
  aws_cloudwatch_log_group: "name",
  aws_dynamodb_table: "name",
  aws_iam_role: "name",
  aws_lambda_function: "function_name",
  aws_s3_bucket: "bucket",
  aws_secretsmanager_secret: "name",
  aws_sns_topic: "name",
  aws_sqs_queue: "name",
};

export function ownArns(look: Look): OwnArns {
  const all = look.everyResource();
  const named = (type: string, attribute: string) =>
    [...look.resources(type), ...look.data(type)].flatMap((each) => textsOf(look.items(each, attribute)));
  const functions = named("aws_lambda_function", "function_name");
  const prefixes = environmentsOf(look).flatMap((environment) =>
    functions.flatMap((name) => new RegExp(`^.*?-?${environment}-`).exec(name)?.[0] ?? []),
  );
  return {
    accounts: new Set(all.flatMap(({ stack }) => stack.accountId ?? [])),
    regions: new Set(all.flatMap(({ region }) => region ?? [])),
    names: new Set(Object.entries(nameAttributes).flatMap(([type, attribute]) => named(type, attribute))),
    prefixes: [...new Set(prefixes.flatMap((prefix) => [prefix, prefix.replaceAll("-", "_")]))],
    attached: new Set(
      all.filter(({ type }) => !aboutRights.test(type)).flatMap(({ attributes }) => arnsIn(attributes)),
    ),
  };
}

/** Types that give rights, or that hold settings of a function: an ARN in them makes nothing the estate's. */
const aboutRights = /^aws_(iam_|lambda_(function|permission)$)|_policy$/;

const arnsIn = (attributes: JsonObject): string[] =>
  Object.values(attributes)
    .filter((each) => typeof each === "string" && /^arn:[^$*?]+$/.test(each))
    .map(String);

/** The environments that the default tags name. */
function environmentsOf(look: Look): string[] {
  const blocks = look.providers().flatMap((provider) => look.blocks(provider, "default_tags"));
  const environments = blocks.flatMap(({ attributes: { tags } }) => (isObject(tags) ? (tags.Environment ?? []) : []));
  return [...new Set(environments)].filter((each) => typeof each === "string" && /^[\w-]+$/.test(each)).map(String);
}

/** Things whose ARNs carry an id that AWS invents, so that account and region are all there is to go by. */
const invented = /^(ec2:|kms:key\/|backup:recovery-point:|apigateway:\/)/;
/** Services whose ARNs hold no account: a bucket's name tells whose it is, and API Gateway's are always the caller's. */
const withoutAccount = ["s3", "apigateway"];

/** What a role of the estate may need although nobody made it here. */
const listed: readonly (readonly [pattern: RegExp, isOfAccount: boolean])[] = [
  [/^arn:aws[\w-]*:bedrock:[\w-]*::foundation-model\/[\w.:-]+$/, false],
  [/^arn:aws[\w-]*:bedrock:[\w-]*:\d{12}:(inference-profile|guardrail)\/[\w.:-]+$/, true],
  [/^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/, true],
];

/** Why an ARN is not one of the estate's, or a listed one; undefined where it is. A lone `*` is IAM-02's to judge. */
export function foreignness(arn: string, own: OwnArns): string | undefined {
  if (arn === "*" || arn.startsWith(untoldPart) || own.attached.has(arn)) return undefined;
  const [start, , service = "", region = "", account = "", ...others] = arn.split(":");
  if (start !== "arn" || others.length === 0) return "is no ARN";
  const rest = others.join(":");
  const isForeign = (part: string, ours: ReadonlySet<string>) =>
    part !== untoldPart && ours.size > 0 && !ours.has(part);

  const external = listed.find(([pattern]) => pattern.test(arn));
  if (external && !external[1]) return undefined;
  if (account === "" ? !withoutAccount.includes(service) : isForeign(account, own.accounts)) {
    return "is of an account that is not the estate's";
  }
  if (external) return undefined;
  if (region !== "" && isForeign(region, own.regions)) return "is of a region in which the estate has nothing";
  if (invented.test(`${service}:${rest}`) || isNamed(rest, own)) return undefined;
  return "is named like nothing of the estate";
}

/** Whether the last part of an ARN holds a name of the estate, or begins one; `…` stands for what it refers to. */
function isNamed(rest: string, { names, prefixes }: OwnArns): boolean {
  const segments = rest.split(/[:/]/);
  if (segments.some((segment) => segment === untoldPart)) return true;
  if (prefixes.some((prefix) => segments.some((segment) => segment.replace(/^aws-waf-logs-/, "").startsWith(prefix)))) {
    return true;
  }
  const bounded = `:${rest}:`.replaceAll("/", ":").replace(/-\?{6}:/, ":");
  return [...names].some((name) => bounded.includes(`:${name.replace(/^\//, "").replaceAll("/", ":")}:`));
}
