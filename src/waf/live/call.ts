import { type WAFV2Client, WAFV2ServiceException } from "@aws-sdk/client-wafv2";
import { ConfigError } from "../../config/load";

/** Where a web ACL's questions go. */
export interface Asking {
  readonly client: Pick<WAFV2Client, "send">;
  readonly region: string;
}

/** AWS's answer, or a sentence with the reason why AWS WAF refused what it was given: an unknown version, a bad rule.
 *
 * Throws `ConfigError` where no answer about it came: no credentials or rights, no network, too many calls.
 */
export async function ask<T>(what: string, call: Promise<T>): Promise<T | string> {
  try {
    return await call;
  } catch (error) {
    if (isRefusal(error)) return `AWS refuses it (${what}, ${error.name}): ${reasonOf(error)}.`;
    throw new ConfigError([
      `AWS could not be asked (${what}): ${reasonOf(error)}. Nothing is known about the difference; give credentials that may call wafv2:CheckCapacity and wafv2:DescribeManagedRuleGroup, and a network.`,
    ]);
  }
}

const isRefusal = (error: unknown): error is WAFV2ServiceException =>
  error instanceof WAFV2ServiceException && error.$fault === "client" && error.name.startsWith("WAF");

/** Message of an error with what AWS WAF adds to it; a failed connection has only a code, and one below it in places. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const added = (["Field", "Parameter", "Reason"] as const).flatMap((name) => {
    const given: unknown = Reflect.get(error, name);
    return typeof given === "string" ? [`${name} ${given}`] : [];
  });
  const code: unknown = Reflect.get(error, "code");
  const message = error.message || (typeof code === "string" ? code : error.name);
  const name = error.name === "Error" || message === error.name ? "" : `${error.name}: `;
  return [`${isRefusal(error) ? "" : name}${message.replace(/\.$/, "")}`, ...added].join(", ");
}
