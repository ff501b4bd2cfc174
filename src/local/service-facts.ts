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
  function_name: z.string(),
  environment: z.array(z.looseObject({ variables: z.record(z.string(), z.string()).nullish() })).default([]),
});

type Variables = Readonly<Record<string, string>>;

/** Reads from the service stack's state where its API answers and which functions and secrets it has. */
export function serviceFacts(stateJson: string): Service {
  const { resources } = State.parse(JSON.parse(stateJson)).values.root_module;
  const of = (type: string) => resources.filter((resource) => resource.type === type).map(({ values }) => values);
  const [stage, second] = of("aws_api_gateway_stage").map((values) => Stage.parse(values));
  if (!stage || second) throw new Error("The service stack must have exactly one API stage.");
  const functions = of("aws_lambda_function").map((values) => {
    const { function_name: name, environment } = LambdaFunction.parse(values);
    return { name, variables: Object.assign({}, ...environment.map(({ variables }) => variables)) as Variables };
  });
  const variables = new Map(functions.flatMap((each) => Object.entries(each.variables)));
  const variable = (name: string): string => {
    const value = variables.get(name);
    if (!value) throw new Error(`No function of the service stack has the variable ${name}.`);
    return value;
  };
  const github = variable("GITHUB_WEBHOOK_SECRET_ARN");
  const functionWith = (name: string, isIt: (variables: Variables) => boolean = () => true): string => {
    const found = functions.find((each) => each.variables[name] !== undefined && isIt(each.variables));
    if (!found) throw new Error(`No function of the service stack is the one with the variable ${name}.`);
    return found.name;
  };
  return {
    apiUrl: `${loopbackUrl(ports.emulator)}/_aws/execute-api/${stage.rest_api_id}/${stage.stage_name}`,
    secrets: {
      github,
      spacelift: variable("SPACELIFT_WEBHOOK_SECRET_ARN"),
      githubApp: variable("GITHUB_APP_SECRET_ARN"),
    },
    functions: {
      rotateGithub: functionWith("SETTLE_SECONDS", ({ REGISTRY = "" }) => REGISTRY.includes(github)),
      redeliver: functionWith("HOOK"),
    },
  };
}
