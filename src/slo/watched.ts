import type { Names } from "../config/names";
import type { ApiRef, FunctionRef, TableRef } from "../config/refs";
import type { Config } from "../config/schema";
import type { RunbookId } from "./alarm-row";

/** What metrics of an API carry; its id is AWS's invention and not needed. */
export type ApiMetrics = Pick<ApiRef, "name" | "stage">;

export interface WatchedApi {
  /** Ends the keys of its alarms. @default - bare keys, for the platform's own API */
  readonly id?: string;
  readonly ref: ApiMetrics;
}

export interface WatchedFunction {
  /** Ends the keys of its alarms. */
  readonly id: string;
  readonly ref: Pick<FunctionRef, "name" | "timeoutSeconds">;
  /** Busy: twenty calls a minute or more at any hour. Quiet is the safe answer: it alarms on fewer calls, later.
   * Hourly: one call an hour, of which each counts.
   */
  readonly traffic: "busy" | "quiet" | "hourly";
  /** Opened first for errors. @default "RB-06" */
  readonly errorsRunbook?: RunbookId;
}

export interface WatchedTable {
  /** Ends the keys of its alarms. */
  readonly id: string;
  readonly ref: Pick<TableRef, "name">;
}

/** A group of AWS's firewall rules that an environment holds at a version. */
export interface PinnedGroup {
  /** Ends the key of its alarm. */
  readonly id: string;
  readonly group: string;
  /** What metrics carry as `WebACL` and `Region`. */
  readonly webAcl: string;
  readonly region: string;
}

/** A secret whose age is watched. */
export interface WatchedSecret {
  /** What metrics carry as `Secret`. */
  readonly noun: string;
  readonly maxAgeDays: number;
  /** False where only people can change it. */
  readonly rotates: boolean;
  /** Signs deliveries, so it is seen which version its sender uses. */
  readonly signs: boolean;
  /** Former values stay on the other side until they are swept. */
  readonly isSwept: boolean;
}

/** What looks after secrets, as far as it differs between environments. */
export interface WatchedRotation {
  readonly secrets: readonly WatchedSecret[];
  /** GitHub is asked for deliveries that failed. */
  readonly redelivers: boolean;
  /** Nouns of the functions that rotate, sweep and deliver again. */
  readonly functions: readonly { readonly noun: string; readonly size: keyof Config["functions"] }[];
}

/** Everything that gets alarms and widgets, whether this project owns it or only watches it. */
export interface Watched {
  readonly apis: readonly WatchedApi[];
  readonly functions: readonly WatchedFunction[];
  readonly tables: readonly WatchedTable[];
  /** Physical names. */
  readonly queue: { readonly name: string; readonly deadLetterName: string };
  readonly pinnedGroups: readonly PinnedGroup[];
  readonly secrets: readonly WatchedSecret[];
  readonly redelivers: boolean;
}

const groupIds: Readonly<Record<keyof Config["waf"]["groupVersions"], string>> = {
  AWSManagedRulesCommonRuleSet: "common",
  AWSManagedRulesKnownBadInputsRuleSet: "known-bad-inputs",
  AWSManagedRulesLinuxRuleSet: "linux",
  AWSManagedRulesSQLiRuleSet: "sqli",
};

type Traffic = Pick<WatchedFunction, "traffic" | "errorsRunbook">;
const functions = {
  webhook: { traffic: "quiet" },
  authorizer: { traffic: "busy", errorsRunbook: "RB-15" },
  "reviews-api": { traffic: "busy" },
  reviewer: { traffic: "quiet" },
  probe: { traffic: "quiet" },
  "sync-github-ips": { traffic: "hourly", errorsRunbook: "RB-14" },
} as const satisfies Partial<Record<keyof Config["functions"], Traffic>>;

/** Of functions that look after secrets; one that is named after its kind rotates. */
const secretFunctions: Readonly<Record<string, Traffic>> = {
  "rotation-auditor": { traffic: "hourly", errorsRunbook: "RB-14" },
};
const rareTraffic: Traffic = { traffic: "quiet", errorsRunbook: "RB-14" };

/** The platform's own API, functions, tables, queue and firewall, by their names alone: no other stack needs to exist. */
export function platform(config: Config, names: Names, rotation: WatchedRotation): Watched {
  const all = Object.keys(functions) as (keyof typeof functions)[];
  const ids = all.filter((id) => id !== "sync-github-ips" || config.waf.syncGithubCidrs);
  const watchedFunction = (id: string, size: keyof Config["functions"]) => ({
    id,
    ref: { name: names.name("lambda-function", id), timeoutSeconds: config.functions[size].timeoutSeconds },
  });
  return {
    secrets: rotation.secrets,
    redelivers: rotation.redelivers,
    apis: [{ ref: { name: names.name("rest-api", "api"), stage: "live" } }],
    functions: [
      ...ids.map((id) => ({ ...watchedFunction(id, id), ...functions[id] })),
      ...rotation.functions.map(({ noun, size }) => ({
        ...watchedFunction(noun, size),
        ...(secretFunctions[noun] ?? rareTraffic),
      })),
    ],
    tables: ["reviews", "deliveries"].map((id) => ({ id, ref: { name: names.name("dynamodb-table", id) } })),
    queue: { name: names.name("sqs-queue", "reviews"), deadLetterName: names.name("sqs-queue", "reviews-dlq") },
    pinnedGroups: (Object.keys(groupIds) as (keyof typeof groupIds)[])
      .filter((group) => config.waf.groupVersions[group] !== undefined)
      .map((group) => ({
        id: groupIds[group],
        group,
        webAcl: names.name("web-acl", "api"),
        region: config.region,
      })),
  };
}
