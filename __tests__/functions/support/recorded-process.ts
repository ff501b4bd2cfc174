import type { UsedAction } from "./action-recorder";
import { rightsDifferences } from "./compare-rights";
import { withFakes } from "./fake-variables";
import { listen } from "./loopback";
import { type RecordedWorld, recordedWorld } from "./recorded-world";
import type { Deployed, DeployedFunction } from "./role-of";
import { splitRights, usedByPolling } from "./runtime-rights";
import { appKey } from "./strategy-of";

/** A function as an environment deploys it. */
export interface Driven {
  readonly environment: string;
  readonly noun: string;
  readonly fn: DeployedFunction;
  readonly facts: Deployed["facts"];
}

/** A process of its own for each function that is driven, between fakes that record. Call it once in a test file. */
export function recordedProcess(fetcher: (world: () => RecordedWorld) => typeof fetch) {
  const before = { ...process.env };
  let world: RecordedWorld;
  let server: Awaited<ReturnType<typeof listen>>;

  beforeAll(async () => {
    server = await listen((request) => world.answer(request));
    jest.spyOn(globalThis, "fetch").mockImplementation(fetcher(() => world));
    for (const method of ["log", "debug", "info", "warn", "error"] as const) {
      jest.spyOn(console, method).mockImplementation(() => undefined);
    }
  });

  afterAll(async () => {
    process.env = before;
    jest.restoreAllMocks();
    await server.close();
  });

  return {
    /** Makes a new world and a process with the function's variables, which loads its handler anew. */
    begin({ fn, facts }: Driven) {
      world = recordedWorld(facts);
      const variables = withFakes(fn.variables, server.url);
      putCredentials(world, variables);
      process.env = {
        ...before,
        ...variables,
        AWS_ENDPOINT_URL: server.url,
        AWS_REGION: facts.region,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        POWERTOOLS_DEV: "true",
      };
      jest.resetModules();
      return { world, variables };
    },
    used: (): readonly UsedAction[] => world.used,
  };
}

/** Puts what opens the other sides, as people did a year ago. */
function putCredentials(world: RecordedWorld, variables: Readonly<Record<string, string>>): void {
  world.age.ms = 365 * 86_400_000;
  const arns = Object.values(variables).flatMap((text) => text.match(/arn:aws:secretsmanager:[^"]+/g) ?? []);
  for (const arn of new Set(arns)) {
    if (arn.includes("-github-app-")) world.secret(arn).putSecretValue("version-1", appKey);
    if (/-(entra-admin|spacelift-api-key)-/.test(arn)) {
      world.secret(arn).putSecretValue("version-1", "canary-credential");
    }
  }
}

/** Differences between what the code of a function did and what its role allows the code, both ways. */
export function codeDifferences({ noun, fn, facts }: Driven, used: readonly UsedAction[]): string[] {
  return rightsDifferences(noun, splitRights(fn).code, [...used, ...usedByPolling(fn, facts)]);
}
