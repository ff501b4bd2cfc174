import { checks } from "../../src/cli/checks";
import { loadEnvironment } from "../../src/config/load";
import type { JsonObject } from "../../src/terraform/json";
import { changedExample } from "../support/changed-example";
import { example } from "../support/examples";

const config = loadEnvironment("production");
const real = example("production");

const judged = async (id: string, given: Parameters<(typeof checks)[number]["judge"]>[0]) => {
  const check = checks.find((each) => each.id === id);
  if (!check) throw new Error(`There is no check ${id}.`);
  return check.judge(given);
};

const changed = (stackName: string, change: (json: JsonObject) => void) =>
  changedExample("production", stackName, change);

/** The first resource of a type. */
function first(json: JsonObject, type: string): JsonObject {
  const found = Object.values((json.resource as Record<string, JsonObject>)[type] ?? {})[0];
  if (found === undefined) throw new Error(`There is no ${type}.`);
  return found as JsonObject;
}

describe("a check finds", () => {
  it("a default that the schema itself would refuse", async () => {
    const broken = Object.assign({}, config, { retention: { ...config.retention, flowLogDays: 29 } });

    expect((await judged("schema", { name: "production", config: broken, synthesis: real })).findings).toEqual([
      expect.stringMatching(
        /^retention\.flowLogDays is 29; allowed is one of 1, 3, 5, .* Set it in environments\/production\.ts\.$/,
      ),
    ]);
  });

  it("a promise that a stack breaks", async () => {
    const synthesis = changed("data", (json) => {
      first(json, "aws_secretsmanager_secret").recovery_window_in_days = 0;
    });

    expect((await judged("promises", { name: "production", config, synthesis })).findings).toEqual([
      expect.stringMatching(
        /^secrets-are-guarded: data\/aws_secretsmanager_secret\.\S+ cannot be restored for long; set recovery_window_in_days to 30\.$/,
      ),
    ]);
  });

  it("a function that cannot carry what the throttles let in", async () => {
    const synthesis = changed("service", (json) => {
      const functions = Object.values(
        (json.resource as Record<string, JsonObject>).aws_lambda_function ?? {},
      ) as JsonObject[];
      for (const each of functions) {
        if (each.function_name === "acme-production-webhook") each.reserved_concurrent_executions = 100;
      }
    });

    expect((await judged("limits", { name: "production", config, synthesis })).findings).toHaveLength(1);
  });

  it("a function that is let out further than its work asks for", async () => {
    const synthesis = changed("network", (json) => {
      const rules = (json.resource as Record<string, Record<string, JsonObject>>).aws_vpc_security_group_egress_rule;
      for (const rule of Object.values(rules ?? {})) {
        if (rule.prefix_list_id) Object.assign(rule, { prefix_list_id: null, cidr_ipv4: "0.0.0.0/0" });
      }
    });

    const { findings } = await judged("reach", { name: "production", config, synthesis });

    expect(findings).toHaveLength(2);
    for (const finding of findings) {
      expect(finding).toMatch(
        /^reviews-api in \S+ may reach no more than its row, but reaches any host on tcp 443: by /,
      );
    }
  });

  it("an alarm that can never fire", async () => {
    const synthesis = changed("observability", (json) => {
      first(json, "aws_cloudwatch_metric_alarm").datapoints_to_alarm = 99;
    });

    expect((await judged("alarms", { name: "production", config, synthesis })).findings).toEqual([
      expect.stringMatching(
        /^L2: observability\/aws_cloudwatch_metric_alarm\.\S+ wants 99 breaching datapoints out of \d+; it can never fire\.$/,
      ),
    ]);
  });

  it("a rotation that changes the sender before receivers can have read the key", async () => {
    const synthesis = changed("service", (json) => {
      const functions = (json.resource as Record<string, JsonObject>).aws_lambda_function ?? {};
      for (const each of Object.values(functions) as JsonObject[]) {
        const { variables } = each.environment as { variables: JsonObject };
        if (variables.SETTLE_SECONDS !== undefined) variables.SETTLE_SECONDS = "0";
      }
    });

    expect((await judged("rotation", { name: "production", config, synthesis })).findings).toContainEqual(
      expect.stringMatching(/^each fault, under forged deliveries: \d+ of \d+ runs refuse authentic deliveries\.$/),
    );
  }, 60_000);

  it("a backup that its vault's lock refuses", async () => {
    const synthesis = changed("recovery", (json) => {
      const [daily] = first(json, "aws_backup_plan").rule as JsonObject[];
      if (daily) daily.lifecycle = { delete_after: 10 };
    });

    expect((await judged("backups", { name: "production", config, synthesis })).findings).toEqual([
      expect.stringMatching(/^lock-min: aws_backup_plan\.\S+\.rule\[0\]\.lifecycle$/),
    ]);
  });
});

describe("what a person has to accept", () => {
  const accepted = async (name: string) =>
    (await judged("schema", { name, config: loadEnvironment(name), synthesis: real })).accepted;

  it("is that the locks of production can be lifted", async () => {
    expect(await accepted("production")).toEqual([
      "evidence is under a governance lock: the break-glass role can delete it before its 2557 days end; evidence.acceptIrrevocable makes the lock final",
      "backups are under a governance lock: the break-glass role can delete them early; recovery.lock makes the lock final",
    ]);
  });

  it("is nothing in staging, where they should be", async () => {
    expect(await accepted("staging")).toEqual([]);
  });
});
