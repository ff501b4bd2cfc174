import { serviceFacts } from "../../src/local/service-facts";

const stage = { type: "aws_api_gateway_stage", values: { rest_api_id: "a1", stage_name: "live" } };
const named = (name: string, variables: Record<string, string>) => ({
  type: "aws_lambda_function",
  values: { function_name: name, environment: [{ variables }] },
});
const webhook = named("webhook", {
  GITHUB_WEBHOOK_SECRET_ARN: "arn:github",
  SPACELIFT_WEBHOOK_SECRET_ARN: "arn:spacelift",
});
const reviewer = named("reviewer", { GITHUB_APP_SECRET_ARN: "arn:app" });
const rotator = (name: string, secretArn: string) =>
  named(name, { REGISTRY: JSON.stringify([{ secretArn }]), SETTLE_SECONDS: "6" });
const auditor = named("auditor", { REGISTRY: JSON.stringify([{ secretArn: "arn:github" }]) });
const redelivery = named("redelivery", { HOOK: "{}" });
const state = (...resources: object[]) => JSON.stringify({ values: { root_module: { resources } } });

describe("what a run reads from the service stack", () => {
  it("is where the API answers, its secrets, and the functions that rotate and redeliver", () => {
    const text = state(
      stage,
      webhook,
      reviewer,
      auditor,
      rotator("other", "arn:entra"),
      rotator("mine", "arn:github"),
      redelivery,
    );

    expect(serviceFacts(text)).toEqual({
      apiUrl: "http://127.0.0.1:4566/_aws/execute-api/a1/live",
      secrets: { github: "arn:github", spacelift: "arn:spacelift", githubApp: "arn:app" },
      functions: { rotateGithub: "mine", redeliver: "redelivery" },
    });
  });

  it("is refused where no function rotates the key of GitHub's webhook", () => {
    const text = state(stage, webhook, reviewer, auditor, rotator("other", "arn:entra"), redelivery);

    expect(() => serviceFacts(text)).toThrow(
      "No function of the service stack is the one with the variable SETTLE_SECONDS",
    );
  });
});
