import * as z from "zod";
import { targets } from "./strategy-of";

const Entry = z.looseObject({ kind: z.string(), target: z.looseObject({}).optional() });

/** A deployed function's variables, with what the fakes are called in place of GitHub, Spacelift and Entra ID, and this
 * server in the queue's address. What AWS calls its own, a usage plan too, stays. */
export function withFakes(
  variables: Readonly<Record<string, string>>,
  serverUrl: string,
): Readonly<Record<string, string>> {
  const { REGISTRY, HOOK, QUEUE_URL } = variables;
  return {
    ...variables,
    ...(REGISTRY !== undefined && { REGISTRY: JSON.stringify(z.array(Entry).parse(JSON.parse(REGISTRY)).map(faked)) }),
    ...(HOOK !== undefined && { HOOK: JSON.stringify(fakedHook(HOOK)) }),
    ...(QUEUE_URL !== undefined && { QUEUE_URL: serverUrl + new URL(QUEUE_URL).pathname }),
  };
}

/** The auditor's registry has no targets. */
function faked({ kind, target, ...entry }: z.infer<typeof Entry>) {
  if (!target) return { ...entry, kind };
  return { ...entry, kind, target: { ...fakeTarget(kind), ...pick(target, "usagePlanId") } };
}

const fakedHook = (hook: string) => {
  const { kind } = Entry.parse(JSON.parse(hook));
  return { kind, ...fakeTarget(kind) };
};

const fakeTarget = (kind: string): object => Object.entries(targets).find(([known]) => known === kind)?.[1] ?? {};

const pick = (target: object, name: string): object =>
  Object.fromEntries(Object.entries(target).filter(([field]) => field === name));
