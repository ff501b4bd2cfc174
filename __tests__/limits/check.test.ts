import { loadEnvironment } from "../../src/config/load";
import { type Assumptions, checkLimits } from "../../src/limits/check";
import { limitsCheck } from "../../src/limits/limits-check";
import { type Estate, estateOf, stackFacts } from "../../src/terraform/estate";
import { serviceEstate, serviceStack } from "../service/synthesized";

const assumptions: Assumptions = {
  lambdaConcurrency: 1000,
  unreservedConcurrencyFloor: 100,
  apiRequestsPerSecond: 10_000,
  durations: {
    "acme-production-webhook": { meanSeconds: 0.05, p99Seconds: 0.2 },
    "acme-production-authorizer": { meanSeconds: 0.025, p99Seconds: 0.1 },
    "acme-production-reviews-api": { meanSeconds: 0.075, p99Seconds: 0.3 },
  },
};

type Attributes = Record<string, unknown>;
type Resources = Record<string, Record<string, Attributes>>;

/** Production's stack with one thing wrong. */
function mutated(change: (find: (type: string, attribute: string, value: string) => Attributes) => void): Estate {
  const json = structuredClone(serviceStack("production")) as { resource: Resources };
  change((type, attribute, value) => {
    const found = Object.values(json.resource[type] ?? {}).find((each) => each[attribute] === value);
    if (found === undefined) throw new Error(`There is no ${type} whose ${attribute} is ${value}.`);
    return found;
  });
  return estateOf([stackFacts("service", JSON.parse(JSON.stringify(json)))]);
}

const lambda = (noun: string) => ["aws_lambda_function", "function_name", `acme-production-${noun}`] as const;
const reviewsQueue = ["aws_sqs_queue", "name", "acme-production-reviews"] as const;
const mapping = ["aws_lambda_event_source_mapping", "batch_size", 1] as unknown as [string, string, string];
const settings = (path: string) => ["aws_api_gateway_method_settings", "method_path", path] as const;
const remedy = "Raise its reservedConcurrency, or lower the limits of its routes, in the environment file.";

describe("what the throttles let in", () => {
  const { findings, warnings, loads } = checkLimits(serviceEstate("production"), assumptions);

  it("is carried by production as it is", () => {
    expect(findings).toEqual([]);
  });

  it("is summed up for each function, protected routes for the authorizer too", () => {
    const figures = loads.map(
      ({ name, routeCount, ratePerSecond, burst, steadyNeed, peakBound, reservedConcurrency }) => [
        name.replace("acme-production-", ""),
        ...[routeCount, ratePerSecond, burst, steadyNeed, peakBound, reservedConcurrency],
      ],
    );

    expect(figures.sort()).toEqual([
      ["authorizer", 4, 150, 300, 4, 315, 150],
      ["probe", 0, 0, 0, 0, 0, 2],
      ["redeliver-webhooks", 0, 0, 0, 0, 0, 2],
      ["reviewer", 0, 0, 0, 0, 0, 20],
      ["reviews-api", 4, 175, 350, 14, 403, 150],
      ["rotate-github-app-hook", 0, 0, 0, 0, 0, 10],
      ["rotation-auditor", 0, 0, 0, 0, 0, 2],
      ["sync-github-ips", 0, 0, 0, 0, 0, 1],
      ["webhook", 3, 125, 250, 7, 275, 275],
    ]);
  });

  it("may throttle a full burst where callers repeat it", () => {
    expect(warnings).toEqual([
      {
        functionName: "acme-production-authorizer",
        adopted: false,
        sentence: "acme-production-authorizer reserves 150, but full buckets can start 315 executions at once",
      },
      {
        functionName: "acme-production-reviews-api",
        adopted: false,
        sentence: "acme-production-reviews-api reserves 150, but full buckets can start 403 executions at once",
      },
    ]);
  });

  it("is taken to last as long as the timeout where nobody knows how long", () => {
    const { loads: unmeasured } = checkLimits(serviceEstate("production"), { ...assumptions, durations: {} });

    // 125 a second for 10 s, and 250 at once.
    expect(unmeasured.find(({ takesWebhooks }) => takesWebhooks)).toMatchObject({ steadyNeed: 1250, peakBound: 1500 });
  });
});

describe("found is", () => {
  it.each<[string, Parameters<typeof mutated>[0], string]>([
    [
      "a function that its steady rate overruns",
      (find) => {
        find(...lambda("authorizer")).reserved_concurrent_executions = 3;
      },
      `acme-production-authorizer reserves 3, but the throttles let in a steady 150 requests a second, which is 4 executions at once. ${remedy}`,
    ],
    [
      "a webhook function that cannot carry every full bucket at once",
      (find) => {
        find(...lambda("webhook")).reserved_concurrent_executions = 274;
      },
      `acme-production-webhook reserves 274, but full buckets can start 275 executions at once, and a refused delivery does not come again. ${remedy}`,
    ],
    [
      "a webhook limit that was raised alone",
      (find) => {
        Object.assign(Object(find(...settings("webhooks/github/POST")).settings), { throttling_burst_limit: 101 });
      },
      `acme-production-webhook reserves 275, but full buckets can start 276 executions at once, and a refused delivery does not come again. ${remedy}`,
    ],
    [
      "a function without reserved concurrency",
      (find) => {
        find(...lambda("probe")).reserved_concurrent_executions = -1;
      },
      "acme-production-probe reserves no concurrency: it can starve the others, and they can starve it.",
    ],
    [
      "a function without a dead-letter queue",
      (find) => {
        delete find(...lambda("probe")).dead_letter_config;
      },
      "acme-production-probe has no dead-letter queue: an asynchronous call that fails is lost.",
    ],
    [
      "a queue that hands out more than its consumer reserves",
      (find) => {
        find(...mapping).scaling_config = { maximum_concurrency: 21 };
      },
      "acme-production-reviewer reserves 20, but its queues hand it 21 messages at once: the others are thrown back until they fail.",
    ],
    [
      "a queue whose consumer has no ceiling",
      (find) => {
        delete find(...mapping).scaling_config;
      },
      "acme-production-reviewer reads acme-production-reviews without a maximum concurrency: pollers do not know what it reserves.",
    ],
    [
      "a message that is handed out while it is worked on",
      (find) => {
        find(...reviewsQueue).visibility_timeout_seconds = 5399;
      },
      "acme-production-reviews hides a message for 5399 s, but six timeouts of acme-production-reviewer are 5400 s: it is handed out twice.",
    ],
    [
      "a message that is given up too soon",
      (find) => {
        const queue = find(...reviewsQueue);
        queue.redrive_policy = String(queue.redrive_policy).replace('"maxReceiveCount":5', '"maxReceiveCount":4');
      },
      "acme-production-reviews gives a message up after 4 receives, but one that Lambda throttles counts too: 5 is the least.",
    ],
    [
      "a queue that loses what cannot be done",
      (find) => {
        delete find(...reviewsQueue).redrive_policy;
      },
      "acme-production-reviews has no dead-letter queue: what cannot be done is lost.",
    ],
    [
      "more reserved than the account lets reserve",
      (find) => {
        find(...lambda("reviews-api")).reserved_concurrent_executions = 454;
      },
      "The functions reserve 916, but of the account's 1000 executions 900 can be reserved. Lower functions.*.reservedConcurrency, or ask AWS for more and set account.lambdaConcurrency.",
    ],
    [
      "a route that only the stage throttles",
      (find) => {
        find(...settings("health/GET")).method_path = "other/GET";
      },
      "GET /health has no throttle of its own: one caller could use up the whole account's.",
    ],
    [
      "a route whose throttle is none, as the provider writes it",
      (find) => {
        Object.assign(Object(find(...settings("api/v1/reviews/{id}/DELETE")).settings), { throttling_rate_limit: -1 });
      },
      "DELETE /api/v1/reviews/{id} has no throttle of its own: one caller could use up the whole account's.",
    ],
  ])("%s", (_, change, finding) => {
    expect(checkLimits(mutated(change), assumptions).findings).toEqual([finding]);
  });

  it("more let in than the account takes", () => {
    const { findings } = checkLimits(serviceEstate("production"), { ...assumptions, apiRequestsPerSecond: 299 });

    expect(findings).toEqual([
      "The throttles let in 300 requests a second, but the account takes 299. Lower limits.*, or ask AWS for more and set account.apiRequestsPerSecond.",
    ]);
  });

  it("that there was nothing to judge", () => {
    expect(checkLimits(estateOf([]), assumptions).findings).toEqual([
      "There is no route in the JSON, so nothing was judged.",
    ]);
  });
});

it("a function that others deploy is not blamed for what they set, and is said to be in no sum", () => {
  const estate = mutated((find) => {
    const probe = find(...lambda("probe"));
    delete probe.dead_letter_config;
    delete probe.reserved_concurrent_executions;
    probe.lifecycle = { ignore_changes: ["filename", "reserved_concurrent_executions"] };
  });

  const { findings, warnings } = checkLimits(estate, assumptions);

  expect(findings).toEqual([]);
  expect(warnings.map(({ sentence }) => sentence)).toContain(
    "what acme-production-probe reserves is said by whoever deploys it, so it is in no sum",
  );
});

describe("what is printed", () => {
  it.each(["production", "staging", "local"])(
    "accepts the two bursts of %s with their reasons, and finds nothing",
    (name) => {
      const outcome = limitsCheck(serviceEstate(name), loadEnvironment(name));

      expect(outcome.findings).toEqual([]);
      expect(outcome.accepted).toEqual([
        `acme-${name}-authorizer reserves 150, but full buckets can start 315 executions at once: clients of the API repeat what is answered 429 or 500, and their tokens' answers are kept`,
        `acme-${name}-reviews-api reserves 150, but full buckets can start 403 executions at once: clients of the API repeat what is answered 429 or 500`,
      ]);
      expect(outcome.table).toHaveLength(name === "staging" ? 11 : 10);
    },
  );

  it("finds a burst that nobody has accepted with a reason", () => {
    const config = { ...loadEnvironment("production"), environment: "elsewhere" };

    const { findings, accepted } = limitsCheck(serviceEstate("production"), config);

    expect(accepted).toEqual([]);
    expect(findings).toContainEqual(
      expect.stringMatching(
        /^acme-production-authorizer reserves 150, but .* executions at once\. Reserve more, or give the reason in src\/limits\/limits-check\.ts\.$/,
      ),
    );
  });

  it.each<[string, Parameters<typeof mutated>[0], RegExp]>([
    [
      "an integration that is no function",
      (find) => {
        const method = find("aws_api_gateway_method", "operation_name", "getHealth");
        find("aws_api_gateway_integration", "resource_id", String(method.resource_id)).uri = "https://example.com";
      },
      /\.uri: it must point at a resource, not be "https:\/\/example\.com"$/,
    ],
    [
      "a number that is known after the apply only",
      (find) => {
        find(...lambda("probe")).reserved_concurrent_executions = "${aws_sqs_queue.reviews.id}";
      },
      /reserved_concurrent_executions: a number is wanted, not aws_sqs_queue\.reviews\.id .* known only after apply$/,
    ],
  ])("is a finding for %s: it cannot be judged", (_, change, finding) => {
    const { findings } = limitsCheck(mutated(change), loadEnvironment("production"));

    expect(findings).toEqual([expect.stringMatching(finding)]);
  });
});
