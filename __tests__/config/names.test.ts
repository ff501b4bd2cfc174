import fc from "fast-check";
import {
  type ArnKindId,
  createNames,
  type Identity,
  type NameKindId,
  nameKinds,
  shorten,
} from "../../src/config/names";

const production: Identity = {
  organization: "acme",
  environment: "production",
  accountId: "111122223333",
  region: "us-east-1",
  drRegion: "us-east-2",
};

/** The noun, the whole name and what the service takes, by the API reference of each. */
const kinds: Readonly<Record<NameKindId, { noun: string; name: string; most: number; pattern: RegExp }>> = {
  "iam-role": { noun: "webhook", name: "acme-production-webhook", most: 64, pattern: /^[\w+=,.@-]+$/ },
  "lambda-function": { noun: "webhook", name: "acme-production-webhook", most: 64, pattern: /^[\w-]+$/ },
  "dynamodb-table": { noun: "reviews", name: "acme-production-reviews", most: 255, pattern: /^[\w.-]{3,}$/ },
  "s3-bucket": {
    noun: "artifacts",
    name: "acme-production-artifacts-111122223333",
    most: 63,
    pattern: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/,
  },
  "sqs-queue": { noun: "reviews-dlq", name: "acme-production-reviews-dlq", most: 80, pattern: /^[\w-]+$/ },
  "sns-topic": { noun: "cost-alerts", name: "acme-production-cost-alerts", most: 256, pattern: /^[\w-]+$/ },
  "kms-alias": { noun: "data", name: "alias/acme-production-data", most: 256, pattern: /^alias\/(?!aws\/)[\w/-]+$/ },
  secret: { noun: "github-app", name: "acme-production-github-app", most: 512, pattern: /^[\w/+=.@-]+$/ },
  "function-log-group": {
    noun: "webhook",
    name: "/aws/lambda/acme-production-webhook",
    most: 512,
    pattern: /^\/aws\/lambda\/[\w-]{1,64}$/,
  },
  "log-group": { noun: "trail", name: "/platform/acme-production-trail", most: 512, pattern: /^[\w./#-]+$/ },
  "waf-log-group": {
    noun: "api",
    name: "aws-waf-logs-acme-production-api",
    most: 512,
    pattern: /^aws-waf-logs-[\w./#-]+$/,
  },
  "rest-api": { noun: "api", name: "acme-production-api", most: 1024, pattern: /^[\w -]+$/ },
  "web-acl": { noun: "ui", name: "acme-production-ui", most: 128, pattern: /^[\w-]+$/ },
  "ip-set": { noun: "allowed", name: "acme-production-allowed", most: 128, pattern: /^[\w-]+$/ },
  "backup-vault": { noun: "primary", name: "acme-production-primary", most: 50, pattern: /^[\w-]{2,}$/ },
  "backup-plan": { noun: "tables", name: "acme-production-tables", most: 50, pattern: /^[\w.-]+$/ },
  alarm: { noun: "page-api-5xx", name: "acme-production-page-api-5xx", most: 255, pattern: /^[^:]+$/ },
  dashboard: { noun: "platform", name: "acme-production-platform", most: 255, pattern: /^[\w-]+$/ },
  "event-rule": { noun: "probe", name: "acme-production-probe", most: 64, pattern: /^[\w.-]+$/ },
  budget: { noun: "month", name: "acme-production-month", most: 100, pattern: /^[^:\\]+$/ },
  "cost-anomaly": { noun: "all", name: "acme-production-all", most: 1024, pattern: /^\S+$/ },
  trail: { noun: "trail", name: "acme-production-trail", most: 128, pattern: /^[A-Za-z0-9][\w.-]+[A-Za-z0-9]$/ },
  "delivery-stream": { noun: "logs", name: "acme-production-logs", most: 64, pattern: /^[\w.-]+$/ },
  "athena-workgroup": { noun: "audit", name: "acme-production-audit", most: 128, pattern: /^[\w.-]+$/ },
  "glue-database": { noun: "logs", name: "acme_production_logs", most: 255, pattern: /^[a-z0-9_]+$/ },
  "prefix-list": { noun: "github", name: "acme-production-github", most: 255, pattern: /^(?!com\.amazonaws)[\w-]+$/ },
  "security-group": { noun: "functions", name: "acme-production-functions", most: 255, pattern: /^(?!sg-)[\w .-]+$/ },
  "cloudfront-policy": { noun: "ui", name: "acme-production-ui", most: 64, pattern: /^[\w-]+$/ },
  "access-analyzer": { noun: "unused", name: "acme-production-unused", most: 255, pattern: /^[A-Za-z][\w.-]*$/ },
  "signing-profile": { noun: "functions", name: "acme_production_functions", most: 37, pattern: /^\w{2,}$/ },
};

const kindIds = Object.keys(kinds) as NameKindId[];
const noun = fc.stringMatching(/^[a-z][a-z0-9]{0,19}(-[a-z0-9]{1,20}){0,20}$/);
const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/);
const identity = fc.record({
  organization: label,
  environment: label,
  accountId: fc.stringMatching(/^\d{12}$/),
  region: fc.constant("us-east-1"),
  drRegion: fc.constant("us-east-2"),
});

it("every kind of name has an example here", () => {
  expect(kindIds.sort()).toEqual(Object.keys(nameKinds).sort());
});

describe.each(kindIds)("the name of a %s", (kind) => {
  const { noun: itsNoun, name, most, pattern } = kinds[kind];

  it(`is ${name} for ${itsNoun} of acme in production`, () => {
    expect(createNames(production).name(kind, itsNoun)).toBe(name);
  });

  it("is one that the service takes, whatever it is made of", () => {
    fc.assert(
      fc.property(identity, noun, (anyIdentity, anyNoun) => {
        const given = createNames(anyIdentity).name(kind, anyNoun);

        expect(given.length).toBeLessThanOrEqual(most);
        expect(given).toMatch(pattern);
      }),
    );
  });

  it("is the same whenever it is asked for", () => {
    fc.assert(
      fc.property(identity, noun, (anyIdentity, anyNoun) => {
        expect(createNames(anyIdentity).name(kind, anyNoun)).toBe(createNames({ ...anyIdentity }).name(kind, anyNoun));
      }),
    );
  });

  it("differs for another noun and for another environment", () => {
    fc.assert(
      fc.property(identity, noun, noun, label, (anyIdentity, one, other, environment) => {
        fc.pre(one !== other && environment !== anyIdentity.environment);
        const names = createNames(anyIdentity);

        expect(names.name(kind, one)).not.toBe(names.name(kind, other));
        expect(names.name(kind, one)).not.toBe(createNames({ ...anyIdentity, environment }).name(kind, one));
      }),
    );
  });
});

describe("a name that is too long", () => {
  const beginning = "a".repeat(80);

  it("ends in a hash of the whole, at the very limit", () => {
    const name = createNames(production).name("lambda-function", beginning);

    expect(name).toBe(`acme-production-${"a".repeat(39)}-70e36fb0`);
    expect(name).toHaveLength(64);
  });

  it("stays apart from another that begins alike", () => {
    const names = createNames(production);

    expect(names.name("iam-role", `${beginning}-one`)).not.toBe(names.name("iam-role", `${beginning}-two`));
  });

  it("is joined to its hash as the service wants it", () => {
    expect(createNames(production).name("glue-database", "a-".repeat(150))).toMatch(/^[a-z0-9_]{255}$/);
  });

  it("of a function and of its log group are cut alike", () => {
    fc.assert(
      fc.property(identity, noun, (anyIdentity, anyNoun) => {
        const names = createNames(anyIdentity);

        expect(names.name("function-log-group", anyNoun)).toBe(`/aws/lambda/${names.name("lambda-function", anyNoun)}`);
      }),
    );
  });

  it("is left alone up to the limit", () => {
    expect(shorten("a".repeat(50), 50, "-")).toBe("a".repeat(50));
    expect(shorten("a".repeat(51), 50, "-")).toHaveLength(50);
  });
});

describe("an ARN", () => {
  it.each<[ArnKindId, string, string]>([
    ["iam-role", "webhook", "arn:aws:iam::111122223333:role/acme-production-webhook"],
    ["lambda-function", "webhook", "arn:aws:lambda:us-east-1:111122223333:function:acme-production-webhook"],
    ["dynamodb-table", "reviews", "arn:aws:dynamodb:us-east-1:111122223333:table/acme-production-reviews"],
    ["s3-bucket", "artifacts", "arn:aws:s3:::acme-production-artifacts-111122223333"],
    ["sqs-queue", "reviews", "arn:aws:sqs:us-east-1:111122223333:acme-production-reviews"],
    ["sns-topic", "cost-alerts", "arn:aws:sns:us-east-1:111122223333:acme-production-cost-alerts"],
    ["kms-alias", "data", "arn:aws:kms:us-east-1:111122223333:alias/acme-production-data"],
    ["secret", "github-app", "arn:aws:secretsmanager:us-east-1:111122223333:secret:acme-production-github-app-??????"],
    [
      "function-log-group",
      "webhook",
      "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/acme-production-webhook",
    ],
    ["backup-vault", "primary", "arn:aws:backup:us-east-1:111122223333:backup-vault:acme-production-primary"],
    ["alarm", "page-api-5xx", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:acme-production-page-api-5xx"],
    ["dashboard", "platform", "arn:aws:cloudwatch::111122223333:dashboard/acme-production-platform"],
    ["event-rule", "probe", "arn:aws:events:us-east-1:111122223333:rule/acme-production-probe"],
    ["budget", "month", "arn:aws:budgets::111122223333:budget/acme-production-month"],
    ["trail", "trail", "arn:aws:cloudtrail:us-east-1:111122223333:trail/acme-production-trail"],
    ["athena-workgroup", "audit", "arn:aws:athena:us-east-1:111122223333:workgroup/acme-production-audit"],
    ["glue-database", "logs", "arn:aws:glue:us-east-1:111122223333:database/acme_production_logs"],
  ])("of the %s %s is in the form AWS documents", (kind, itsNoun, arn) => {
    expect(createNames(production).arn(kind, itsNoun)).toBe(arn);
  });

  it("names another region where one is asked for", () => {
    expect(createNames(production).arn("sns-topic", "cost-alerts", "us-east-2")).toBe(
      "arn:aws:sns:us-east-2:111122223333:acme-production-cost-alerts",
    );
  });
});
