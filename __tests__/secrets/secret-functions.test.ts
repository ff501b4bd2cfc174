import { readRegistry as readSwept } from "../../functions/credential-sweeper/registry";
import { readHookTarget } from "../../functions/redeliver-webhooks/hook-target";
import { readRegistry as readRotated } from "../../functions/rotate-secret/registry";
import { readRegistry as readAudited } from "../../functions/rotation-auditor/registry";
import { commonVariables, environmentVariables } from "../../functions/shared/environment";
import { serviceStack, serviceStackOf } from "../service/synthesized";
import { type Attributes, resources, type TerraformJson } from "../support/synthesize";
import { configWithSecrets, everyKind, partner, partnerArn } from "./rich-config";

const kinds = [
  "rotate-github-repo-hook",
  "rotate-spacelift-named-webhook",
  "rotate-entra-client-secret",
  "rotate-generic-random",
  "rotate-apigw-key",
];
const functionsOf = (json: TerraformJson) => {
  const ofSecrets = /^acme-production-(rotate-.*|rotation-auditor|credential-sweeper|redeliver-webhooks)$/;
  return new Map(
    resources(json, "aws_lambda_function")
      .filter(({ function_name }) => ofSecrets.test(String(function_name)))
      .map((lambda) => [String(lambda.function_name).replace("acme-production-", ""), lambda]),
  );
};
const json = serviceStackOf(configWithSecrets());
const functions = functionsOf(json);
const variables = (noun: string) =>
  (functions.get(noun)?.environment as { variables: Record<string, string> } | undefined)?.variables ?? {};
const folderOf = (noun: string) =>
  noun === "rotation-auditor" || noun === "credential-sweeper" || noun === "redeliver-webhooks"
    ? noun
    : "rotate-secret";
const registryOf = (noun: string) => variables(noun).REGISTRY ?? "";

describe("the functions that look after secrets", () => {
  it("are one for each kind in use, and the three that watch, sweep and deliver again", () => {
    expect([...functions.keys()].sort()).toEqual(
      [...kinds, "rotation-auditor", "credential-sweeper", "redeliver-webhooks"].sort(),
    );
    expect([...functionsOf(serviceStack("production")).keys()].sort()).toEqual([
      "redeliver-webhooks",
      "rotate-github-app-hook",
      "rotation-auditor",
    ]);
  });

  it("leave the auditor alone where only people change secrets", () => {
    const manual = serviceStackOf(configWithSecrets({ githubWebhook: { kind: "manual" } }, []));

    expect([...functionsOf(manual).keys()]).toEqual(["rotation-auditor"]);
    expect(resources(manual, "aws_secretsmanager_secret_rotation")).toEqual([]);
  });

  it("are outside the VPC, and take a minute, 256 MB and their share of concurrency", () => {
    for (const [noun, lambda] of functions) {
      expect(lambda).toMatchObject({ timeout: 60, memory_size: 256 });
      expect(lambda.reserved_concurrent_executions).toBe(kinds.includes(noun) ? 10 : 2);
      expect(lambda).not.toHaveProperty("vpc_config");
    }
  });

  it("get exactly the variables that their code reads", () => {
    for (const noun of functions.keys()) {
      expect(Object.keys(variables(noun)).sort()).toEqual(
        [...commonVariables, ...environmentVariables[folderOf(noun)]].sort(),
      );
      expect(Object.values(variables(noun))).not.toContain("");
    }
  });
});

describe("a registry", () => {
  /** The made-up neighbours have short ARNs. */
  const withArns = (text: string) => text.replaceAll('"secret/', '"arn:aws:secretsmanager:us-east-1:1:secret:');

  it.each(kinds)("of %s is one that the function reads", (noun) => {
    expect(readRotated(withArns(registryOf(noun)))).toHaveLength(1);
  });

  it("says what kind a secret is, where its value is used, and what opens the other side", () => {
    expect(JSON.parse(registryOf("rotate-github-repo-hook"))).toEqual([
      {
        secretArn: "secret/github-webhook",
        name: "github-webhook",
        kind: "github-repo-hook",
        maxAgeDays: 32,
        target: { repository: "acme/reviews", hookId: 7 },
        credentialSecretArn: "secret/github-app",
      },
    ]);
    expect(JSON.parse(registryOf("rotate-apigw-key"))).toEqual([
      {
        secretArn: partnerArn,
        name: expect.stringMatching(/^existing-partners-key-a1b2c3-\w{8}$/),
        kind: "apigw-key",
        maxAgeDays: 32,
        target: { usagePlanId: "p1a2n3", canaryUrl: "https://partner.example.com/health" },
      },
    ]);
  });

  it("of the auditor holds all secrets, with the function of those that rotate", () => {
    const audited = readAudited(registryOf("rotation-auditor"));

    expect(audited.map(({ name, kind, maxAgeDays }) => `${name} ${kind} ${maxAgeDays}`)).toEqual([
      "github-webhook github-repo-hook 32",
      "spacelift-webhook spacelift-named-webhook 32",
      "orders-client entra-client-secret 32",
      "pepper generic-random 32",
      "old-key manual 200",
      expect.stringMatching(/^existing-partners-key-a1b2c3-\w{8} apigw-key 32$/),
      "github-app manual 90",
      "spacelift-api-key manual 90",
      "entra-admin manual 90",
    ]);
    expect(audited.map(({ rotatorName = "", source = "" }) => `${rotatorName} ${source}`.trim()).slice(0, 3)).toEqual([
      "acme-production-rotate-github-repo-hook github",
      "acme-production-rotate-spacelift-named-webhook spacelift",
      "acme-production-rotate-entra-client-secret",
    ]);
    expect(audited.filter(({ kind }) => kind === "manual").flatMap(({ rotatorName }) => rotatorName ?? [])).toEqual([]);
  });

  it("of the sweeper holds the secrets whose former values stay on the other side", () => {
    expect(readSwept(registryOf("credential-sweeper")).map(({ kind }) => kind)).toEqual([
      "entra-client-secret",
      "apigw-key",
    ]);
  });

  it("tells the webhook of GitHub by its kind and place", () => {
    expect(readHookTarget(variables("redeliver-webhooks").HOOK ?? "")).toEqual({
      kind: "github-repo-hook",
      repository: "acme/reviews",
      hookId: 7,
    });
  });

  it("that Lambda would not take is refused, with the numbers", () => {
    const more = Object.fromEntries(
      Array.from({ length: 16 }, (_, index) => [`value-number-${index}`, { kind: "generic-random" as const }]),
    );

    expect(() => serviceStackOf(configWithSecrets({ more }, []))).toThrow(
      /^The variables of rotate-generic-random are \d{4} bytes with the registry of 19 secrets, but Lambda takes at most 4096\./,
    );
  });
});

describe("a rotation", () => {
  const rotations = resources(json, "aws_secretsmanager_secret_rotation");
  const permissions = resources(json, "aws_lambda_permission").filter(
    ({ principal }) => principal === "secretsmanager.amazonaws.com",
  );

  it("is there for each secret that rotates, whoever made it, and waits for a permission of its own", () => {
    expect(rotations.map(({ secret_id }) => secret_id).sort()).toEqual(
      [partnerArn, "secret/github-webhook", "secret/orders-client", "secret/pepper", "secret/spacelift-webhook"].sort(),
    );
    for (const rotation of rotations) {
      const own = permissions.filter(({ source_arn }) => source_arn === rotation.secret_id);
      const [address = ""] = rotation.depends_on as string[];

      expect(own).toHaveLength(1);
      expect(json.resource?.aws_lambda_permission?.[address.split(".")[1] ?? ""]).toBe(own[0]);
      expect(own[0]).toMatchObject({ action: "lambda:InvokeFunction", source_account: "111122223333" });
      expect(own[0]).not.toHaveProperty("qualifier");
    }
  });

  it("begins with no apply, and calls the function of its kind without an alias", () => {
    for (const rotation of rotations) {
      const [, id = "", attribute] =
        /^\$\{aws_lambda_function\.(.+)\.(arn)\}$/.exec(String(rotation.rotation_lambda_arn)) ?? [];

      expect(rotation.rotate_immediately).toBe(false);
      expect(attribute).toBe("arn");
      const name = String(json.resource?.aws_lambda_function?.[id]?.function_name).replace("acme-production-", "");
      expect(registryOf(name)).toContain(String(rotation.secret_id));
    }
  });

  it("that cannot be is refused with every reason at once", () => {
    const schedule = { expression: "cron(0 3 * * ? *)", duration: "2h" };
    const more = { pepper: { ...everyKind.more.pepper, maxAgeDays: 31 } };
    const config = configWithSecrets({ githubWebhook: { kind: "github-app-hook", schedule }, more }, [partner]);

    expect(() => serviceStackOf(config)).toThrow(
      /secret github-webhook is .* refused: too-close\.[\s\S]*maxAgeDays of the secret pepper is 31/,
    );
  });
});

describe("what runs by the clock", () => {
  const rules = resources(json, "aws_cloudwatch_event_rule");
  const targets = resources(json, "aws_cloudwatch_event_target");
  const at = (noun: string): Attributes | undefined => rules.find(({ name }) => name === `acme-production-${noun}`);
  const inputs = targets.flatMap(({ input }) => (input === undefined ? [] : [JSON.parse(String(input))]));

  it("is each function at its pace, the auditor at two", () => {
    expect(at("rotation-auditor-check")?.schedule_expression).toBe("rate(1 hour)");
    expect(at("rotation-auditor-rotate")?.schedule_expression).toBe("rate(30 days)");
    expect(at("credential-sweeper")?.schedule_expression).toBe("rate(1 day)");
    expect(at("redeliver-webhooks")?.schedule_expression).toBe("rate(5 minutes)");
    expect(inputs).toEqual([{ mode: "check" }, { mode: "rotate" }]);
  });

  it("has one setting of retries a function, for Lambda keeps no second", () => {
    const names = resources(json, "aws_lambda_function_event_invoke_config").map(({ function_name }) => function_name);

    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(5);
  });
});
