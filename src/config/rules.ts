import { type CrossFieldRule, when } from "./cross-field-rule";
import * as defaults from "./defaults";
import { domainRules } from "./domain-rules";
import { firewallRules } from "./firewall-rules";
import { networkRules } from "./network-rules";
import { kindsInUse, secretRules } from "./secret-rules";
import type { Shape } from "./shape";

type FunctionName = keyof Shape["functions"];
const functionNames = Object.keys(defaults.functions) as FunctionName[];

const notAboveDefault = (
  limit: "write" | "webhook",
  field: "ratePerSecond" | "burst",
  words: string,
): CrossFieldRule => ({
  path: ["limits", limit, field],
  needs: [`limits.${limit}.${field}`, `limits.default.${field}`],
  problem: ({ limits }) =>
    when(
      limits[limit][field] > limits.default[field],
      `limits.${limit}.${field} is ${limits[limit][field]} but limits.default.${field} is ${limits.default[field]}. ${words} must not exceed the default.`,
    ),
});

const burstCoversRate = (limit: "default" | "write" | "webhook"): CrossFieldRule => ({
  path: ["limits", limit, "burst"],
  needs: [`limits.${limit}`],
  problem: ({ limits }) =>
    when(
      limits[limit].burst < limits[limit].ratePerSecond,
      `limits.${limit}.burst is ${limits[limit].burst} but limits.${limit}.ratePerSecond is ${limits[limit].ratePerSecond}. The burst must be at least the rate, or a full second of traffic is refused.`,
    ),
});

const provisionedWithinReserved = (name: FunctionName): CrossFieldRule => ({
  path: ["functions", name, "provisionedConcurrency"],
  needs: [`functions.${name}`],
  problem: ({ functions }) =>
    when(
      functions[name].provisionedConcurrency > functions[name].reservedConcurrency,
      `functions.${name}.provisionedConcurrency is ${functions[name].provisionedConcurrency} but functions.${name}.reservedConcurrency is ${functions[name].reservedConcurrency}. Provisioned concurrency must not exceed what is reserved.`,
    ),
});

const durationsAscend = (name: FunctionName): CrossFieldRule => ({
  path: ["functions", name, "p95Seconds"],
  needs: [`functions.${name}`],
  problem: ({ functions }) => {
    const { meanSeconds, p95Seconds, p99Seconds, timeoutSeconds } = functions[name];
    return when(
      !(meanSeconds <= p95Seconds && p95Seconds <= p99Seconds && p99Seconds <= timeoutSeconds),
      `functions.${name} has mean ${meanSeconds}, p95 ${p95Seconds}, p99 ${p99Seconds} and timeout ${timeoutSeconds} seconds. They must ascend in this order.`,
    );
  },
});

/** The receiver answers two webhook routes and one write; what it cannot start at once, its senders do not repeat. */
const webhookCarriesBurst: CrossFieldRule = {
  path: ["functions", "webhook", "reservedConcurrency"],
  needs: ["functions.webhook", "limits.webhook", "limits.write"],
  problem: ({ functions: { webhook }, limits }) => {
    const started = ({ burst, ratePerSecond }: Shape["limits"]["write"]) => burst + ratePerSecond * webhook.p99Seconds;
    const needed = Math.ceil(Number((2 * started(limits.webhook) + started(limits.write)).toFixed(6)));
    return when(
      webhook.reservedConcurrency < needed,
      `functions.webhook.reservedConcurrency is ${webhook.reservedConcurrency} but the bursts of its routes can start ${needed} executions at once. At least ${needed} must be reserved, or limits.webhook and limits.write lowered: a refused delivery does not come again.`,
    );
  },
};

const coldBeforeDeletion = (name: "daily" | "weekly"): CrossFieldRule => ({
  path: ["recovery", name, "coldStorageAfterDays"],
  needs: [`recovery.${name}`],
  problem: ({ recovery }) => {
    const { coldStorageAfterDays: cold, deleteAfterDays } = recovery[name];
    const gap = defaults.recovery.coldStorageMinimumDays;
    return when(
      cold !== null && deleteAfterDays < cold + gap,
      `recovery.${name}.coldStorageAfterDays is ${cold} but recovery.${name}.deleteAfterDays is ${deleteAfterDays}. AWS Backup deletes at least ${gap} days after the move to cold storage; use null to stay warm.`,
    );
  },
});

const lockAdmits = (name: "daily" | "weekly"): CrossFieldRule => ({
  path: ["recovery", name, "deleteAfterDays"],
  needs: [`recovery.${name}.deleteAfterDays`],
  problem: ({ recovery }) => {
    const { minRetentionDays, maxRetentionDays } = defaults.recovery.lock;
    const given = recovery[name].deleteAfterDays;
    return when(
      given < minRetentionDays || given > maxRetentionDays,
      `recovery.${name}.deleteAfterDays is ${given} but the vault lock admits ${minRetentionDays} to ${maxRetentionDays} days. A job outside fails when it runs.`,
    );
  },
});

const sameAccount = (field: "deployRoleArn" | "breakGlassRoleArn"): CrossFieldRule => ({
  path: [field],
  needs: [field, "accountId"],
  problem: (config) =>
    when(
      config[field].split(":")[4] !== config.accountId,
      `${field} is in account ${config[field].split(":")[4]} but accountId is ${config.accountId}. The role must be in the account of the environment.`,
    ),
});

/** Resources lie in the home region, and the provider refuses other accounts. */
const secretsAtHome: CrossFieldRule = {
  path: ["existing"],
  needs: ["existing", "accountId", "region"],
  problem: ({ existing, accountId, region }) => {
    const elsewhere = existing.flatMap((thing, index) => {
      if (thing.kind !== "secret") return [];
      const [, , , itsRegion, itsAccount] = thing.arn.split(":");
      return itsRegion === region && itsAccount === accountId
        ? []
        : [`existing[${index}].arn is in account ${itsAccount}, ${itsRegion}`];
    });
    return when(
      elsewhere.length > 0,
      `${elsewhere.join(" and ")} but the environment is in account ${accountId}, ${region}. A thing elsewhere needs an environment there.`,
    );
  },
};

const minimaBelowMaxima = (unit: "Read" | "Write"): CrossFieldRule => ({
  path: ["tables", "billing", `min${unit}Units`],
  needs: ["tables.billing"],
  problem: ({ tables: { billing } }) =>
    billing.mode === "provisioned"
      ? when(
          billing[`min${unit}Units`] > billing[`max${unit}Units`],
          `tables.billing.min${unit}Units is ${billing[`min${unit}Units`]} but tables.billing.max${unit}Units is ${billing[`max${unit}Units`]}. The minimum must not exceed the maximum.`,
        )
      : undefined,
});

/** Contradictions between fields, each with its sentence. */
export const crossFieldRules: readonly CrossFieldRule[] = [
  notAboveDefault("write", "ratePerSecond", "Writes"),
  notAboveDefault("write", "burst", "Writes"),
  ...(["default", "write", "webhook"] as const).map(burstCoversRate),
  ...functionNames.map(provisionedWithinReserved),
  ...functionNames.map(durationsAscend),
  webhookCarriesBurst,
  {
    path: ["functions"],
    needs: ["functions", "account.lambdaConcurrency", "secrets", "existing"],
    problem: ({ functions, account, ...listed }) => {
      const copies = (name: FunctionName) => (name === "rotate-secret" ? kindsInUse(listed).size : 1);
      const reserved = functionNames.reduce((sum, name) => sum + functions[name].reservedConcurrency * copies(name), 0);
      const available = account.lambdaConcurrency - defaults.accountQuotas.unreservedConcurrencyFloor;
      return when(
        reserved > available,
        `functions reserve ${reserved} concurrent executions in all but account.lambdaConcurrency is ${account.lambdaConcurrency}. Lambda keeps ${defaults.accountQuotas.unreservedConcurrencyFloor} unreserved, so at most ${available} can be reserved.`,
      );
    },
  },
  {
    path: ["drRegion"],
    needs: ["region", "drRegion"],
    problem: ({ region, drRegion }) =>
      when(
        region === drRegion,
        `drRegion is ${drRegion} and so is region. Copies must lie in another region to survive the loss of the first.`,
      ),
  },
  {
    path: ["allowedAccountIds"],
    needs: ["accountId", "allowedAccountIds"],
    problem: ({ accountId, allowedAccountIds }) =>
      when(
        !allowedAccountIds.includes(accountId),
        `allowedAccountIds is ${allowedAccountIds.join(", ")} but accountId is ${accountId}. The account of the environment must be among those allowed.`,
      ),
  },
  sameAccount("deployRoleArn"),
  sameAccount("breakGlassRoleArn"),
  coldBeforeDeletion("daily"),
  coldBeforeDeletion("weekly"),
  lockAdmits("daily"),
  lockAdmits("weekly"),
  {
    path: ["recovery", "weekly", "deleteAfterDays"],
    needs: ["recovery.daily.deleteAfterDays", "recovery.weekly.deleteAfterDays"],
    problem: ({ recovery: { daily, weekly } }) =>
      when(
        weekly.deleteAfterDays < daily.deleteAfterDays,
        `recovery.weekly.deleteAfterDays is ${weekly.deleteAfterDays} but recovery.daily.deleteAfterDays is ${daily.deleteAfterDays}. Weekly backups must be kept at least as long as daily ones.`,
      ),
  },
  {
    path: ["retention", "accessLogDays"],
    needs: ["retention.functionLogDays", "retention.accessLogDays"],
    problem: ({ retention }) =>
      when(
        retention.accessLogDays < retention.functionLogDays,
        `retention.accessLogDays is ${retention.accessLogDays} but retention.functionLogDays is ${retention.functionLogDays}. Access logs must be kept at least as long as function logs, or a fault cannot be traced to its request.`,
      ),
  },
  {
    path: ["evidence", "retentionDays"],
    needs: ["evidence.retentionDays", "tier"],
    problem: ({ evidence, tier }) =>
      when(
        tier === "production" && evidence.retentionDays < defaults.evidence.retentionDays,
        `evidence.retentionDays is ${evidence.retentionDays} in the production tier. Evidence must be kept ${defaults.evidence.retentionDays} days there.`,
      ),
  },
  {
    path: ["evidence", "acceptIrrevocable"],
    needs: ["evidence", "tier"],
    problem: ({ evidence, tier }) =>
      when(
        evidence.acceptIrrevocable !== undefined && tier !== "production",
        `evidence.acceptIrrevocable is set in the ${tier} tier. A compliance lock is allowed in the production tier only.`,
      ),
  },
  minimaBelowMaxima("Read"),
  minimaBelowMaxima("Write"),
  secretsAtHome,
  ...domainRules,
  ...firewallRules,
  ...networkRules,
  ...secretRules,
];
