import { type JsonObject, objectsOf } from "../terraform/json";
import { providerConfigs } from "../terraform/providers";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (url: string): boolean => {
  try {
    return LOOPBACK.test(new URL(url).hostname);
  } catch {
    return false;
  }
};

/** Lists every AWS endpoint in an environment that is not on this machine. An empty value counts: it means the real AWS. */
export function foreignEndpoints(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env)
    .filter(([name, value]) => name.startsWith("AWS_ENDPOINT_URL") && !isLoopback(value ?? ""))
    .map(([name, value]) => `${name} is "${value}"`);
}

/** Throws unless all that Terraform is about to be handed stays on this machine.
 *
 * Without it one missing variable applies the stacks to the real AWS.
 */
export function assertLoopbackOnly(env: NodeJS.ProcessEnv, stacks: Iterable<[string, JsonObject]> = []): void {
  const problems = foreignEndpoints(env);
  if (env.AWS_ENDPOINT_URL === undefined) problems.push("AWS_ENDPOINT_URL is not set");
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true") problems.push("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true");
  for (const [stack, json] of stacks) {
    for (const { body } of providerConfigs(json)) problems.push(...foreignProviderEndpoints(stack, body));
  }
  if (problems.length > 0) {
    throw new NotLoopback(
      `npm run local speaks to loopback addresses only; nothing was started. ${problems.join("; ")}.`,
    );
  }
}

/** Refused before anything was started; the command ends with 2. */
export class NotLoopback extends Error {
  override readonly name = "NotLoopback";
}

function foreignProviderEndpoints(stack: string, provider: JsonObject): string[] {
  return objectsOf(provider.endpoints, `${stack}.provider.endpoints`)
    .flatMap((block) => Object.entries(block))
    .filter(([, url]) => !isLoopback(String(url)))
    .map(([service, url]) => `the provider endpoint ${service} of ${stack} is ${JSON.stringify(url)}`);
}
