import { Command } from "commander";
import { ConfigError, loadEnvironment } from "../config/load";
import { createNames } from "../config/names";
import { rotationScript } from "../secrets/manual-rotation";
import { environmentSecrets } from "./environment-secrets";

interface Options {
  readonly env: string;
  readonly force?: true;
  readonly leaked?: true;
}

/** Prints what rotates a secret by hand; it needs no credentials, whoever runs the commands does. */
export function rotate(): Command {
  return new Command("rotate")
    .description("Prints the AWS CLI commands that rotate a secret of an environment now. Runs none of them.")
    .argument("<secret>", "its noun, such as github-webhook")
    .option("--env <name>", "the environment", process.env.PLATFORM_ENV ?? "production")
    .option("--force", "under break-glass, though the last rotation was within a day")
    .option("--leaked", "under break-glass and twice, so that the leaked key is not even valid as the former one")
    .action((noun: string, { env, force, leaked }: Options) => {
      const config = loadEnvironment(env);
      const planned = environmentSecrets(config);
      const secret = planned.find((each) => each.noun === noun);
      if (!secret) {
        const known = planned.map((each) => each.noun).join(", ");
        throw new ConfigError([
          `The environment ${env} has no secret ${JSON.stringify(noun)}; it has ${known}. They stand in environments/${env}.ts under secrets and existing.`,
        ]);
      }
      const place = {
        environment: env,
        region: config.region,
        breakGlassRoleArn: config.breakGlassRoleArn,
        secretId: secret.existing?.arn ?? createNames(config).name("secret", noun),
        minIntervalSeconds: config.secrets.timing.minIntervalSeconds,
      };
      const urgency = leaked ? "leaked" : force ? "forced" : "now";
      process.stdout.write(rotationScript(secret, place, urgency));
    });
}
