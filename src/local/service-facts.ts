import { z } from "zod";
import { loopbackUrl, ports } from "./ports";
import type { Service } from "./session";

const State = z.looseObject({
  values: z.looseObject({
    root_module: z.looseObject({
      resources: z.array(z.looseObject({ type: z.string(), values: z.looseObject({}) })),
    }),
  }),
});

const Stage = z.looseObject({ rest_api_id: z.string(), stage_name: z.string() });
const LambdaFunction = z.looseObject({
  environment: z.array(z.looseObject({ variables: z.record(z.string(), z.string()).nullish() })).default([]),
});

/** Reads from the service stack's state where its API answers and which secrets its functions were given. */
export function serviceFacts(stateJson: string): Service {
  const { resources } = State.parse(JSON.parse(stateJson)).values.root_module;
  const of = (type: string) => resources.filter((resource) => resource.type === type).map(({ values }) => values);
  const [stage, second] = of("aws_api_gateway_stage").map((values) => Stage.parse(values));
  if (!stage || second) throw new Error("The service stack must have exactly one API stage.");
  const environments = of("aws_lambda_function").flatMap((values) => LambdaFunction.parse(values).environment);
  const variables = new Map(environments.flatMap((environment) => Object.entries(environment.variables ?? {})));
  const variable = (name: string): string => {
    const value = variables.get(name);
    if (!value) throw new Error(`No function of the service stack has the variable ${name}.`);
    return value;
  };
  return {
    apiUrl: `${loopbackUrl(ports.emulator)}/_aws/execute-api/${stage.rest_api_id}/${stage.stage_name}`,
    secrets: {
      github: variable("GITHUB_WEBHOOK_SECRET_ARN"),
      spacelift: variable("SPACELIFT_WEBHOOK_SECRET_ARN"),
      githubApp: variable("GITHUB_APP_SECRET_ARN"),
    },
  };
}
