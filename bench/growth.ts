import { mkdirSync } from "node:fs";
import { join } from "node:path";
import openapi from "../functions/openapi.json";
import { AwsProvider } from "../src/aws";
import { App, Construct, LocalBackend, TerraformStack } from "../src/cdktf";
import * as defaults from "../src/config/defaults";
import { createNames } from "../src/config/names";
import { routes } from "../src/limits/routes";
import { ProtectedTable } from "../src/recovery/protected-table";
import { functionNames, lambdaCode } from "../src/service/lambda-bundle";
import { LambdaFunction } from "../src/service/lambda-function";
import { RestApi } from "../src/service/rest-api";

export interface Growth {
  readonly onceMs: number;
  readonly tenfoldMs: number;
}

const names = createNames({
  organization: "acme",
  environment: "bench",
  accountId: "111122223333",
  region: "us-east-1",
  drRegion: "us-east-2",
});
const keyArn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000";

/** Time to construct and synthesize the functions, tables and routes of the service, once and ten times; medians of five. */
export function growth(outdir: string): Growth {
  mkdirSync(outdir);
  constructAndSynthesize(1, join(outdir, "warm-up"));
  return { onceMs: median(1, outdir), tenfoldMs: median(10, outdir) };
}

function median(times: number, outdir: string): number {
  const all = Array.from({ length: 5 }, (_, run) => constructAndSynthesize(times, join(outdir, `${times}-${run}`)));
  return all.sort((one, other) => one - other)[2] ?? Number.NaN;
}

function constructAndSynthesize(times: number, outdir: string): number {
  const begun = process.hrtime.bigint();
  const app = new App({ outdir, stackTraces: false, skipValidation: true });
  const stack = new TerraformStack(app, "service");
  new LocalBackend(stack, { path: "bench.tfstate" });
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  for (let copy = 0; copy < times; copy++) service(new Construct(stack, `copy-${copy}`), copy);
  app.synth();
  return Number(process.hrtime.bigint() - begun) / 1e6;
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
    authorizer: { name: "token", target: authorizer, resultTtlSeconds: 300 },
  });
}
