import { mkdirSync } from "node:fs";
import openapi from "../functions/openapi.json";
import { AwsProvider } from "../src/aws";
import { App, Construct, LocalBackend, TerraformStack } from "../src/cdktf";
import { withoutCreationStacks } from "../src/cli/creation-stacks";
import * as defaults from "../src/config/defaults";
import { createNames } from "../src/config/names";
import { routes } from "../src/limits/routes";
import { ProtectedTable } from "../src/recovery/protected-table";
import { functionNames, lambdaCode } from "../src/service/lambda-bundle";
import { LambdaFunction } from "../src/service/lambda-function";
import { RestApi } from "../src/service/rest-api";

const names = createNames({
  organization: "acme",
  environment: "bench",
  accountId: "111122223333",
  region: "us-east-1",
  drRegion: "us-east-2",
});
const keyArn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000";

function build(times: number, outdir: string): void {
  const app = new App({ outdir, stackTraces: false, skipValidation: true });
  const stack = new TerraformStack(app, "service");
  new LocalBackend(stack, { path: "bench.tfstate" });
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  for (let copy = 0; copy < times; copy++) service(new Construct(stack, `copy-${copy}`), copy);
  app.synth();
}

function service(scope: Construct, copy: number): void {
  const lambda = (name: string) =>
    new LambdaFunction(scope, name, {
      names,
      noun: `${name}-${copy}`,
      description: name,
      code: lambdaCode(name),
      ...defaults.functions.webhook,
      provisionedConcurrency: 1,
      variables: {},
      statements: [],
      network: "outside-the-vpc",
      keyArns: { functions: keyArn, logs: keyArn, messages: keyArn },
      logRetentionDays: 30,
      deadLetterRetentionDays: 14,
      deadLetterSenders: [],
    });
  const functions = Object.fromEntries(functionNames().map((name) => [name, lambda(name)]));
  for (const name of ["reviews", "deliveries"]) {
    new ProtectedTable(scope, `${name}-table`, {
      name: names.name("dynamodb-table", `${name}-${copy}`),
      kmsKeyArn: keyArn,
      pointInTimeDays: 35,
      capacity: { billingMode: "PAY_PER_REQUEST", throughput: {}, ignoreChanges: [] },
    });
  }
  const { webhook, authorizer, "reviews-api": reviewsApi } = functions;
  if (!webhook || !authorizer || !reviewsApi)
    throw new Error("A function of the API has no bundle: run `npm run bundle`.");
  new RestApi(scope, "api", {
    name: names.name("rest-api", `api-${copy}`),
    routes,
    description: openapi,
    targets: { webhook, "reviews-api": reviewsApi },
    hasOwnDomain: false,
    authorizer: { name: "token", target: authorizer, resultTtlSeconds: 300 },
  });
}

/** Constructs and synthesizes the functions, tables and routes of the service, as often as asked; says how long it took.
 *
 * In a process of its own, as every synthesis is: a second one in the same process finds its code compiled.
 */
const [outdir = "build/growth", times = "1"] = process.argv.slice(2);
mkdirSync(outdir, { recursive: true });
const begun = process.hrtime.bigint();
withoutCreationStacks(() => build(Number(times), outdir));
process.stderr.write(`innerMs=${Number(process.hrtime.bigint() - begun) / 1e6}\n`);
