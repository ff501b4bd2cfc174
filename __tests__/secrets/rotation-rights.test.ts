import type { Config } from "../../src/config/schema";
import { serviceStackOf } from "../service/synthesized";
import { resources, type TerraformJson } from "../support/synthesize";
import { configWithSecrets, partnerArn } from "./rich-config";

interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: readonly { readonly variable: string; readonly values: readonly string[] }[];
}

/** What Lambda does in each function's name; `service-stack.test.ts` judges it. */
const ofTheRuntime = ["WriteLogs", "WriteTraces", "SendDeadLetters", "EncryptDeadLetters", "DecryptVariables"];

/** What a function's code may do, one line an action and resource. */
function rightsOf(json: TerraformJson, noun: string): string[] {
  const documents = Object.entries(json.data?.aws_iam_policy_document ?? {});
  const [, document] = documents.find(([id]) => id.startsWith(`secrets_${noun}_role_permissions`)) ?? [];
  return ((document?.statement ?? []) as Statement[])
    .filter(({ sid }) => !ofTheRuntime.includes(sid))
    .flatMap(({ effect, actions, resources: where, condition = [] }) => {
      const only = condition.map(({ variable, values }) => ` if ${variable}=${values.join(",")}`).join("");
      return actions.flatMap((action) => where.map((resource) => `${effect} ${action} ${resource}${only}`));
    })
    .sort();
}

const json = serviceStackOf(configWithSecrets());
const lambdaArn = (noun: string) => `arn:aws:lambda:us-east-1:111122223333:function:acme-production-${noun}`;
const gateway = "arn:aws:apigateway:us-east-1::";
const through = (...secretArns: string[]) =>
  ` if kms:ViaService=secretsmanager.us-east-1.amazonaws.com if kms:EncryptionContext:SecretARN=${secretArns.join(",")}`;
const isItsOwn = (noun: string) => ` if secretsmanager:resource/AllowRotationLambdaArn=${lambdaArn(noun)}`;
const rotating = (noun: string, secretArn: string, kmsKeyArn = "key/secrets") => [
  `Allow secretsmanager:DescribeSecret ${secretArn}`,
  `Allow secretsmanager:GetSecretValue ${secretArn}`,
  `Allow secretsmanager:PutSecretValue ${secretArn}${isItsOwn(noun)}`,
  `Allow secretsmanager:UpdateSecretVersionStage ${secretArn}${isItsOwn(noun)}`,
  `Allow kms:Decrypt ${kmsKeyArn}${through(secretArn)}`,
  `Allow kms:GenerateDataKey ${kmsKeyArn}${through(secretArn)}`,
];
const opening = (credentialArn: string) => [
  `Allow secretsmanager:GetSecretValue ${credentialArn}`,
  `Allow kms:Decrypt key/secrets${through(credentialArn)}`,
];

describe("what a function may do", () => {
  it.each([
    ["rotate-generic-random", rotating("rotate-generic-random", "secret/pepper")],
    [
      "rotate-github-repo-hook",
      [...rotating("rotate-github-repo-hook", "secret/github-webhook"), ...opening("secret/github-app")],
    ],
    [
      "rotate-spacelift-named-webhook",
      [
        ...rotating("rotate-spacelift-named-webhook", "secret/spacelift-webhook"),
        ...opening("secret/spacelift-api-key"),
      ],
    ],
    [
      "rotate-entra-client-secret",
      [...rotating("rotate-entra-client-secret", "secret/orders-client"), ...opening("secret/entra-admin")],
    ],
    [
      "rotate-apigw-key",
      [
        ...rotating("rotate-apigw-key", partnerArn, "arn:aws:kms:us-east-1:111122223333:key/partner"),
        `Allow apigateway:GET ${gateway}/apikeys`,
        `Allow apigateway:POST ${gateway}/apikeys`,
        `Allow apigateway:PUT ${gateway}/tags/*`,
        `Allow apigateway:GET ${gateway}/usageplans/p1a2n3/keys`,
        `Allow apigateway:POST ${gateway}/usageplans/p1a2n3/keys`,
      ],
    ],
    [
      "credential-sweeper",
      [
        ...["secret/orders-client", partnerArn].flatMap((arn) => [
          `Allow secretsmanager:DescribeSecret ${arn}`,
          `Allow secretsmanager:ListSecretVersionIds ${arn}`,
        ]),
        ...opening("secret/entra-admin"),
        `Allow apigateway:GET ${gateway}/apikeys`,
        `Allow apigateway:DELETE ${gateway}/apikeys/*`,
        `Allow apigateway:PATCH ${gateway}/apikeys/*`,
        `Allow apigateway:GET ${gateway}/usageplans/p1a2n3/usage`,
      ],
    ],
    ["redeliver-webhooks", opening("secret/github-app")],
  ])("%s: this, and nothing else", (noun, rights) => {
    expect(rightsOf(json, noun)).toEqual([...rights].sort());
  });

  it("the auditor: look at every secret, start rotations, call their functions, and read no value", () => {
    const all = ["github-webhook", "spacelift-webhook", "orders-client", "pepper", "old-key"];
    const credentials = ["github-app", "spacelift-api-key", "entra-admin"];
    const arns = [...[...all, ...credentials].map((noun) => `secret/${noun}`), partnerArn];
    const rotated = [...all.filter((noun) => noun !== "old-key").map((noun) => `secret/${noun}`), partnerArn];
    const rotators = resources(json, "aws_lambda_function")
      .map(({ function_name }) => String(function_name))
      .filter((name) => name.includes("-rotate-"));

    expect(rotators).toHaveLength(5);
    expect(rightsOf(json, "rotation-auditor")).toEqual(
      [
        ...arns.map((arn) => `Allow secretsmanager:DescribeSecret ${arn}`),
        ...arns.map((arn) => `Allow secretsmanager:ListSecretVersionIds ${arn}`),
        ...rotated.map((arn) => `Allow secretsmanager:RotateSecret ${arn}`),
        ...rotators.map((name) => `Allow lambda:InvokeFunction arn:aws:lambda:us-east-1:111122223333:function:${name}`),
        "Allow dynamodb:GetItem arn:aws:dynamodb:us-east-1:111122223333:table/acme-production-deliveries",
        "Allow kms:Decrypt key/data",
      ].sort(),
    );
  });

  it("with a secret under Secrets Manager's own key: nothing with any key", () => {
    const own: Config["existing"] = configWithSecrets().existing.map((thing) =>
      thing.kind === "secret"
        ? { ...thing, harden: thing.harden.map((each) => ({ ...each, kmsKeyArn: undefined })) }
        : thing,
    );
    const rights = rightsOf(serviceStackOf({ ...configWithSecrets(), existing: own }), "rotate-apigw-key");

    expect(rights.filter((right) => right.includes("kms:"))).toEqual([]);
  });
});
