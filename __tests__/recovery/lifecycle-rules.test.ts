import fc from "fast-check";
import { lifecycleViolations } from "../../src/recovery/lifecycle-rules";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { Json, JsonObject } from "../../src/terraform/json";

const RULE = "aws_backup_plan.main.rule[0]";
const LIFECYCLE = `${RULE}.lifecycle`;
const COPY = `${RULE}.copy_action[0]`;
const LOCK = "aws_backup_vault_lock_configuration.lock";
const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/app-reviews";
const BUCKET = "arn:aws:s3:::app-artifacts";
const HOME_VAULT = { name: "app-primary" };
const DR_VAULT = { name: "app-dr", region: "us-east-2" };
const drArn = (name = "app-dr", account = "111122223333") => `arn:aws:backup:us-east-2:${account}:backup-vault:${name}`;

/** A daily rule kept 90 days, with what a case changes of it. */
const rule = (changes: JsonObject = {}): JsonObject => ({
  rule_name: "daily",
  target_vault_name: "app-primary",
  schedule: "cron(0 5 * * ? *)",
  lifecycle: { delete_after: 90 },
  ...changes,
});

interface Fragment {
  readonly rule?: JsonObject;
  readonly resources?: Readonly<Record<string, JsonObject>>;
  readonly data?: JsonObject;
  readonly provider?: JsonObject;
  readonly acknowledged?: boolean;
  readonly external?: readonly string[];
}

/** The violations of a plan with one rule, two vaults and a selection of one table, as `rule at place`. */
function violationsOf({
  resources = {},
  data = {},
  provider = {},
  acknowledged,
  external,
  ...fragment
}: Fragment): string[] {
  const resource = {
    aws_backup_plan: { main: { name: "app", rule: [fragment.rule ?? rule()] } },
    aws_backup_selection: { main: { plan_id: "${aws_backup_plan.main.id}", resources: [TABLE] } },
    aws_backup_vault: { primary: HOME_VAULT, dr: DR_VAULT },
    ...resources,
  };
  const json = { provider: { aws: [{ region: "us-east-1", ...provider }] }, resource, data };
  const context = { complianceLockAcknowledged: acknowledged ?? false, externalVaults: external ?? [] };
  return lifecycleViolations(estateOf([stackFacts("recovery", json)]), context)
    .map(({ rule: broken, at }) => `${broken} at ${at}`)
    .sort();
}

const ofRule = (changes: JsonObject, more: Fragment = {}) => violationsOf({ ...more, rule: rule(changes) });
const ofLock = (lock: JsonObject, more: Fragment = {}) =>
  violationsOf({
    ...more,
    resources: {
      aws_backup_vault_lock_configuration: { lock: { backup_vault_name: "app-primary", ...lock } },
      ...more.resources,
    },
  });

it("a plan that keeps all rules has no violation", () => {
  expect(violationsOf({})).toEqual([]);
});

describe("a lifecycle", () => {
  it.each<[string, Json, string[]]>([
    [
      "leaves 90 days between cold and deletion",
      { cold_storage_after: 30, delete_after: 119 },
      [`cold-gap at ${LIFECYCLE}`],
    ],
    ["is read from a list of one", [{ cold_storage_after: 30, delete_after: 119 }], [`cold-gap at ${LIFECYCLE}`]],
    ["is read from numbers as text", { cold_storage_after: "30", delete_after: "119" }, [`cold-gap at ${LIFECYCLE}`]],
    ["may leave exactly 90 days", { cold_storage_after: 30, delete_after: 120 }, []],
    [
      "never turns cold before the first day",
      { cold_storage_after: 0, delete_after: 120 },
      [`cold-minimum at ${LIFECYCLE}`],
    ],
    ["takes null for absent", { cold_storage_after: null, delete_after: 90 }, []],
    ["says when it deletes", { cold_storage_after: 30 }, [`retention-missing at ${LIFECYCLE}`]],
    ["says when it deletes, in a list", [{ delete_after: null }], [`retention-missing at ${LIFECYCLE}`]],
    ["keeps nothing for no days", { delete_after: 0 }, [`retention-range at ${LIFECYCLE}`]],
    ["keeps nothing longer than AWS takes", { delete_after: 36_501 }, [`retention-range at ${LIFECYCLE}`]],
    ["may keep for as long as AWS takes", { delete_after: 36_500 }, []],
    [
      "keeps nothing for ever, which is no gap though",
      { cold_storage_after: 30, delete_after: -1 },
      [`retention-range at ${LIFECYCLE}`],
    ],
  ])("%s", (_promise, lifecycle, expected) => {
    expect(ofRule({ lifecycle })).toEqual(expected);
  });

  it.each<[string, JsonObject]>([
    ["absent", {}],
    ["null", { lifecycle: null }],
    ["an empty list", { lifecycle: [] }],
  ])("that is %s is reported at the rule", (_form, changes) => {
    const { lifecycle: _lifecycle, ...without } = rule();

    expect(violationsOf({ rule: { ...without, ...changes } })).toEqual([`retention-missing at ${RULE}`]);
  });

  it("breaks the gap exactly where the inequality does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 36_500 }), fc.integer({ min: 1, max: 36_500 }), (cold, deleted) => {
        const broken = ofRule({ lifecycle: { cold_storage_after: cold, delete_after: deleted } });

        expect(broken).toEqual(deleted < cold + 90 ? [`cold-gap at ${LIFECYCLE}`] : []);
      }),
    );
  });
});

describe("a copy", () => {
  const copy = (changes: JsonObject, more: Fragment = {}) =>
    ofRule({ copy_action: [{ destination_vault_arn: drArn(), ...changes }] }, more);
  const drLock = {
    aws_backup_vault_lock_configuration: {
      lock: { backup_vault_name: "app-dr", region: "us-east-2", min_retention_days: 180 },
    },
  };

  it("is judged by its own lifecycle", () => {
    expect(copy({ lifecycle: { cold_storage_after: 1, delete_after: 90 } })).toEqual([`cold-gap at ${COPY}.lifecycle`]);
    expect(copy({ lifecycle: {} })).toEqual([`retention-missing at ${COPY}.lifecycle`]);
  });

  it("inherits the rule's lifecycle, and is reported itself where the target refuses it", () => {
    expect(copy({}, { resources: drLock })).toEqual([`lock-min at ${COPY}`]);
    expect(copy({ lifecycle: { delete_after: 200 } }, { resources: drLock })).toEqual([]);
  });

  it("does not repeat what is wrong with the lifecycle it inherits", () => {
    const broken = {
      lifecycle: { cold_storage_after: 30, delete_after: 90 },
      copy_action: [{ destination_vault_arn: drArn() }],
    };

    expect(ofRule(broken)).toEqual([`cold-gap at ${LIFECYCLE}`]);
  });

  it("has nothing to inherit where the rule has no retention", () => {
    const { lifecycle: _lifecycle, ...without } = rule({ copy_action: { destination_vault_arn: drArn() } });

    expect(violationsOf({ rule: without })).toEqual([`retention-missing at ${RULE}`, `retention-missing at ${COPY}`]);
  });

  it.each<[string, string, Fragment]>([
    ["an ARN of a vault in the estate", drArn(), {}],
    ["a reference to a vault in the estate", "${aws_backup_vault.dr.arn}", {}],
    [
      "the ARN of a vault declared external",
      drArn("vault", "444455556666"),
      { external: [drArn("vault", "444455556666")] },
    ],
    ["the name of a vault declared external", drArn("vault"), { external: ["vault"] }],
  ])("goes to %s", (_target, destination, more) => {
    expect(copy({ destination_vault_arn: destination }, more)).toEqual([]);
  });

  it.each<[string, string, Fragment]>([
    ["another name", drArn("app-other"), {}],
    ["another region", drArn().replace("us-east-2", "eu-west-1"), {}],
    [
      "another account than the provider's",
      drArn("app-dr", "444455556666"),
      { provider: { allowed_account_ids: ["111122223333"] } },
    ],
    ["an account that was not declared", drArn("vault", "444455556666"), { external: [drArn("vault")] }],
    ["a reference that cannot be told", "${var.vault_arn}", {}],
    ["a vault's id in place of its ARN", "${aws_backup_vault.dr.id}", {}],
  ])("to %s goes nowhere known", (_target, destination, more) => {
    expect(copy({ destination_vault_arn: destination }, more)).toEqual([`vault-unknown at ${COPY}`]);
  });
});

describe("a rule's target vault", () => {
  it.each<[string, string, Fragment]>([
    ["by name", "app-primary", {}],
    ["by reference to its name", "${aws_backup_vault.primary.name}", {}],
    ["by reference to its id, which is its name", "${aws_backup_vault.primary.id}", {}],
    [
      "that a data source reads",
      "app-existing",
      { data: { aws_backup_vault: { existing: { name: "app-existing" } } } },
    ],
    ["that is declared external", "app-existing", { external: ["app-existing"] }],
  ])("may be named %s", (_form, target, more) => {
    expect(ofRule({ target_vault_name: target }, more)).toEqual([]);
  });

  it.each([
    ["app-missing"],
    ["app-dr"],
    ["${aws_backup_vault.dr.name}"],
    ["${var.vault}"],
    ["${aws_backup_vault.primary.arn}"],
  ])("%s is unknown: not there, in another region, or not to be told", (target) => {
    expect(ofRule({ target_vault_name: target })).toEqual([`vault-unknown at ${RULE}`]);
  });

  it("is looked for in the plan's region", () => {
    const plan = { main: { name: "app", region: "us-east-2", rule: rule({ target_vault_name: "app-dr" }) } };

    expect(violationsOf({ resources: { aws_backup_plan: plan } })).toEqual([]);
  });

  it("may be an air-gapped vault, whose own bounds count", () => {
    const arn = drArn("app-gapped");
    const vault = { name: "app-gapped", region: "us-east-2", min_retention_days: 100, max_retention_days: 200 };
    const resources = { aws_backup_logically_air_gapped_vault: { gapped: vault } };

    expect(ofRule({ target_logically_air_gapped_backup_vault_arn: arn }, { resources })).toEqual([
      `lock-min at ${LIFECYCLE}`,
    ]);
    expect(ofRule({ target_logically_air_gapped_backup_vault_arn: arn })).toEqual([`vault-unknown at ${RULE}`]);
  });
});

describe("a vault lock", () => {
  it.each<[string, JsonObject, string[]]>([
    ["above the retention refuses every job", { min_retention_days: 91 }, [`lock-min at ${LIFECYCLE}`]],
    ["equal to the retention admits it", { min_retention_days: 90, max_retention_days: 90 }, []],
    ["below the retention refuses every job", { max_retention_days: "89" }, [`lock-max at ${LIFECYCLE}`]],
    ["needs a floor of a day", { min_retention_days: 0 }, [`lock-range at ${LOCK}`]],
    ["needs a ceiling that AWS takes", { max_retention_days: 36_501 }, [`lock-range at ${LOCK}`]],
    [
      "needs its floor below its ceiling",
      { min_retention_days: 90, max_retention_days: 80 },
      [`lock-max at ${LIFECYCLE}`, `lock-range at ${LOCK}`],
    ],
    ["of another region's vault of the same name does not count", { min_retention_days: 91, region: "us-east-2" }, []],
    [
      "counts by reference to the vault",
      { min_retention_days: 91, backup_vault_name: "${aws_backup_vault.primary.name}" },
      [`lock-min at ${LIFECYCLE}`],
    ],
    ["must tell which vault it locks", { backup_vault_name: "${var.vault}" }, [`vault-unknown at ${LOCK}`]],
    ["without bounds or period is fine", { changeable_for_days: null }, []],
  ])("%s", (_promise, lock, expected) => {
    expect(ofLock(lock)).toEqual(expected);
  });

  it.each<[number, boolean, string[]]>([
    [2, true, [`lock-cooling-off at ${LOCK}`]],
    [3, true, []],
    [36_500, true, []],
    [36_501, true, [`lock-cooling-off at ${LOCK}`]],
    [3, false, [`lock-unacknowledged at ${LOCK}`]],
  ])("for ever after %p days, acknowledged %p", (days, acknowledged, expected) => {
    expect(ofLock({ changeable_for_days: days }, { acknowledged })).toEqual(expected);
  });

  it("is one of several on a vault, and each counts", () => {
    const lock = (bounds: JsonObject) => ({ backup_vault_name: "app-primary", ...bounds });
    const locks = {
      a: lock({ min_retention_days: 7 }),
      b: lock({ max_retention_days: 60 }),
      c: lock({ max_retention_days: 70 }),
    };

    expect(violationsOf({ resources: { aws_backup_vault_lock_configuration: locks } })).toEqual([
      `lock-max at ${LIFECYCLE}`,
    ]);
  });

  it("refuses a retention of ever, which is above any ceiling and below no floor", () => {
    const lock = {
      aws_backup_vault_lock_configuration: {
        lock: { backup_vault_name: "app-primary", min_retention_days: 7, max_retention_days: 400 },
      },
    };

    expect(ofRule({ lifecycle: { delete_after: -1 } }, { resources: lock })).toEqual([
      `lock-max at ${LIFECYCLE}`,
      `retention-range at ${LIFECYCLE}`,
    ]);
  });

  it("refuses exactly what lies outside its bounds", () => {
    const days = fc.integer({ min: 1, max: 36_500 });

    fc.assert(
      fc.property(days, days, days, (floor, ceiling, deleted) => {
        const lock = { backup_vault_name: "app-primary", min_retention_days: floor, max_retention_days: ceiling };
        const broken = ofRule(
          { lifecycle: { delete_after: deleted } },
          { resources: { aws_backup_vault_lock_configuration: { lock } } },
        );

        expect(broken).toEqual([
          ...(deleted > ceiling ? [`lock-max at ${LIFECYCLE}`] : []),
          ...(deleted < floor ? [`lock-min at ${LIFECYCLE}`] : []),
          ...(floor > ceiling ? [`lock-range at ${LOCK}`] : []),
        ]);
      }),
    );
  });
});

describe("a rule", () => {
  it.each<[string, JsonObject, string[]]>([
    ["starts within an hour at the earliest", { start_window: 59 }, ["start-window"]],
    ["may start within an hour", { start_window: 60, completion_window: 61 }, []],
    ["completes after it may start", { start_window: 120, completion_window: 120 }, ["completion-window"]],
    ["completes after it may start, by the provider's 180 minutes", { start_window: 180 }, ["completion-window"]],
    ["starts after the provider's 60 minutes", { completion_window: 60 }, ["completion-window"]],
    ["has a name of 1 to 50 characters", { rule_name: "a".repeat(51) }, ["rule-name"]],
    ["has a name of letters, digits, dots, dashes, underscores", { rule_name: "daily backup" }, ["rule-name"]],
    ["may have any of these in its name", { rule_name: "Daily-1_a.b" }, []],
    ["needs a cron schedule", { schedule: "rate(1 day)" }, ["schedule-kind"]],
    ["needs six fields", { schedule: "cron(0 5 * * ?)" }, ["schedule-fields"]],
    ["needs fields that can be read", { schedule: "cron(0 25 * * ? *)" }, ["schedule-fields"]],
    ["needs one question mark", { schedule: "cron(0 5 * * * *)" }, ["schedule-day-fields"]],
    ["needs one question mark, not two", { schedule: "cron(0 5 ? * ? *)" }, ["schedule-day-fields"]],
    ["runs hourly at most", { schedule: "cron(0/30 * * * ? *)" }, ["schedule-frequency"]],
    ["runs hourly at most, by list", { schedule: "cron(0,59 5 * * ? *)" }, ["schedule-frequency"]],
    ["runs hourly at most, across midnight", { schedule: "cron(10,50 0,23 * * ? *)" }, ["schedule-frequency"]],
    ["may run hourly", { schedule: "cron(15 * ? * MON-FRI *)" }, []],
    ["may run on the last Friday", { schedule: "cron(0 5 ? JAN,JUL 6L *)" }, []],
    ["may leave the schedule to AWS", { schedule: null }, []],
  ])("%s", (_promise, changes, expected) => {
    expect(ofRule(changes)).toEqual(expected.map((broken) => `${broken} at ${RULE}`));
  });

  it("is judged in every plan, wherever it stands in it", () => {
    const bad = rule({ start_window: 30 });
    const plans = { main: { rule: [rule(), bad] }, second: { rule: bad } };

    expect(violationsOf({ resources: { aws_backup_plan: plans } })).toEqual([
      "start-window at aws_backup_plan.main.rule[1]",
      "start-window at aws_backup_plan.second.rule[0]",
    ]);
  });
});

describe("a continuous backup", () => {
  const continuous = (changes: JsonObject, selection: JsonObject = { resources: [BUCKET] }, more: Fragment = {}) =>
    ofRule(
      { enable_continuous_backup: true, lifecycle: { delete_after: 35 }, ...changes },
      {
        ...more,
        resources: {
          aws_backup_selection: { main: { plan_id: "${aws_backup_plan.main.id}", ...selection } },
          ...more.resources,
        },
      },
    );
  const table = (tags: JsonObject) => ({ aws_dynamodb_table: { reviews: { name: "app-reviews", tags } } });
  const DYNAMODB = [`continuous-dynamodb at ${RULE}`];

  it.each<[string, Json, string[]]>([
    ["35 days", { delete_after: 35 }, []],
    ["36 days", { delete_after: 36 }, [`continuous-retention at ${LIFECYCLE}`]],
    [
      "with cold storage",
      { cold_storage_after: 1, delete_after: 365 },
      [`continuous-cold at ${LIFECYCLE}`, `continuous-retention at ${LIFECYCLE}`],
    ],
  ])("kept %s", (_kept, lifecycle, expected) => {
    expect(continuous({ lifecycle })).toEqual(expected);
  });

  it("may be copied into cold storage, because a copy is a snapshot", () => {
    expect(
      continuous({
        copy_action: { destination_vault_arn: drArn(), lifecycle: { cold_storage_after: 30, delete_after: 365 } },
      }),
    ).toEqual([]);
  });

  it.each<[string, JsonObject, Fragment]>([
    ["by ARN", { resources: [BUCKET, TABLE] }, {}],
    ["by reference", { resources: ["${aws_dynamodb_table.reviews.arn}"] }, { resources: table({}) }],
    ["by wildcard for all", { resources: ["*"] }, {}],
    ["by wildcard for all tables", { resources: ["arn:aws:dynamodb:*:*:table/*"] }, {}],
    ["by wildcard for a service prefix", { resources: ["arn:aws:d*"] }, {}],
    ["by an expression that cannot be told", { resources: ["${var.arn}"] }, {}],
    ["beside an exclusion of something else", { resources: [TABLE], not_resources: [`${TABLE}-old`] }, {}],
    [
      "by tag",
      { selection_tag: [{ type: "STRINGEQUALS", key: "backup", value: "yes" }] },
      { resources: table({ backup: "yes" }) },
    ],
    [
      "by a tag that the provider adds",
      { selection_tag: { type: "STRINGEQUALS", key: "team", value: "a" } },
      {
        resources: table({}),
        provider: { default_tags: [{ tags: { team: "a" } }] },
      },
    ],
    [
      "by wildcard and a tag",
      {
        resources: ["*"],
        condition: { string_equals: [{ key: "aws:ResourceTag/backup", value: "yes" }] },
      },
      { resources: table({ backup: "yes" }) },
    ],
    [
      "by a tag pattern alone",
      { condition: [{ string_like: { key: "aws:ResourceTag/backup", value: "y*" } }] },
      {
        resources: table({ backup: "yes" }),
      },
    ],
    [
      "by a tag it does not have",
      { condition: [{ string_not_equals: { key: "aws:ResourceTag/backup", value: "no" } }] },
      {
        resources: table({}),
      },
    ],
    ["in a plan that cannot be told", { plan_id: "${var.plan}", resources: [TABLE] }, {}],
  ])("cannot take in a DynamoDB table %s", (_how, selection, more) => {
    expect(continuous({}, selection, more)).toEqual(DYNAMODB);
  });

  it.each<[string, JsonObject, Fragment]>([
    ["names other services", { resources: [BUCKET, "arn:aws:rds:*:*:db:*"] }, { resources: table({}) }],
    ["excludes all tables", { resources: ["*"], not_resources: ["arn:aws:dynamodb:*:*:table/*"] }, {}],
    ["excludes the table it names", { resources: [TABLE], not_resources: [TABLE] }, {}],
    [
      "excludes it by reference",
      { resources: ["${aws_dynamodb_table.reviews.arn}"], not_resources: ["${aws_dynamodb_table.reviews.arn}"] },
      {
        resources: table({}),
      },
    ],
    [
      "wants a tag that no table has",
      { selection_tag: [{ key: "backup", value: "yes" }] },
      { resources: table({ backup: "no" }) },
    ],
    [
      "wants two tags of which a table has one",
      {
        resources: ["*"],
        condition: [
          {
            string_equals: [
              { key: "aws:ResourceTag/backup", value: "yes" },
              { key: "aws:ResourceTag/tier", value: "1" },
            ],
          },
        ],
      },
      { resources: table({ backup: "yes" }) },
    ],
    [
      "refuses a tag that the table has",
      {
        resources: ["*"],
        condition: [{ string_not_equals: [{ key: "aws:ResourceTag/backup", value: "yes" }] }],
      },
      { resources: table({ backup: "yes" }) },
    ],
    [
      "refuses a tag pattern that the table has",
      {
        resources: ["*"],
        condition: [{ string_not_like: [{ key: "aws:ResourceTag/backup", value: "y*" }] }],
      },
      { resources: table({ backup: "yes" }) },
    ],
    [
      "belongs to another plan",
      { plan_id: "${aws_backup_plan.other.id}", resources: [TABLE] },
      {
        resources: {
          aws_backup_plan: {
            main: { rule: rule({ enable_continuous_backup: "true", lifecycle: { delete_after: 35 } }) },
            other: { rule: rule() },
          },
        },
      },
    ],
  ])("takes in no table where the selection %s", (_why, selection, more) => {
    expect(continuous({}, selection, more)).toEqual([]);
  });

  it("is the only one that a selected table matters to", () => {
    expect(continuous({ enable_continuous_backup: false }, { resources: ["*"] })).toEqual([]);
    expect(continuous({ enable_continuous_backup: "true" }, { resources: ["*"] })).toEqual(DYNAMODB);
  });
});

describe("a vault's name", () => {
  it.each([
    ["a", true],
    ["a".repeat(51), true],
    ["app primary", true],
    ["app.primary", true],
    ["", true],
    ["ab", false],
    ["A-b_9", false],
    ["a".repeat(50), false],
  ])("%p is refused: %p", (name, refused) => {
    const vaults = { aws_backup_vault: { primary: HOME_VAULT, dr: DR_VAULT, third: { name } } };

    expect(violationsOf({ resources: vaults })).toEqual(refused ? ["vault-name at aws_backup_vault.third"] : []);
  });
});

it("a number that cannot be told is no number: the reader throws", () => {
  expect(() => ofRule({ lifecycle: { delete_after: "${var.days}" } })).toThrow(
    `${LIFECYCLE}.delete_after: a number is wanted`,
  );
});
