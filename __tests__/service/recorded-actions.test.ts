import { loadEnvironment } from "../../src/config/load";
import { rightsDifferences } from "../functions/support/compare-rights";
import {
  driveAuthorizer,
  driveGithubSync,
  driveProbe,
  driveReviewer,
  driveReviewsApi,
  platformFetch,
} from "../functions/support/drive-platform";
import { codeDifferences, type Driven, recordedProcess } from "../functions/support/recorded-process";
import type { RecordedWorld } from "../functions/support/recorded-world";
import { deployed, deployedAs } from "../functions/support/role-of";
import { splitRights, usedByRuntime } from "../functions/support/runtime-rights";

// The pause between two writes to AWS WAF takes no time here.
jest.mock("node:timers/promises", () => ({ setTimeout: async () => undefined }));
jest.setTimeout(60_000);

const everyFunction: readonly Driven[] = ["production", "staging", "local", "brownfield"].flatMap((environment) => {
  const { functions, facts } = deployed(environment);
  return functions.map((fn) => ({ environment, noun: fn.noun, fn, facts }));
});
const production = loadEnvironment("production");
const listed = deployedAs({ ...production, network: { ...production.network, egress: "prefix-lists" } });
const everyListed: readonly Driven[] = listed.functions
  .filter(({ noun }) => ["sync-github-ips", "probe"].includes(noun))
  .map((fn) => ({ environment: "production with prefix lists", noun: fn.noun, fn, facts: listed.facts }));
const recorded = recordedProcess(() => platformFetch);

type Drive = (variables: Readonly<Record<string, string>>, world: RecordedWorld) => Promise<void>;

/** Each function, down all its paths; what it did there is checked so that a path that ends early is seen. */
const drives: Readonly<Record<string, Drive>> = {
  async reviewer(variables, world) {
    const { handler }: typeof import("../../functions/reviewer/handler.js") =
      require("../../functions/reviewer/handler");
    expect(await driveReviewer(handler, variables, world)).toBe(0);
  },
  async "reviews-api"(_, world) {
    const { handler }: typeof import("../../functions/reviews-api/handler.js") =
      require("../../functions/reviews-api/handler");
    expect(await driveReviewsApi(handler, world)).toEqual([200, 200, 200, 204, 404]);
  },
  async authorizer(variables) {
    const { handler }: typeof import("../../functions/authorizer/handler.js") =
      require("../../functions/authorizer/handler");
    expect(await driveAuthorizer(handler, variables)).toEqual(["Allow", "Deny", "Unauthorized"]);
  },
  async "sync-github-ips"(variables, world) {
    const { handler }: typeof import("../../functions/sync-github-ips/handler.js") =
      require("../../functions/sync-github-ips/handler");
    const { sets, list } = await driveGithubSync(handler, variables, world);
    expect(sets.map(({ length }) => length)).toEqual([3, 2]);
    expect(list).toHaveLength(variables.GITHUB_PREFIX_LIST_ID === undefined ? 2 : 3);
  },
  async probe() {
    const { handler }: typeof import("../../functions/probe/handler.js") = require("../../functions/probe/handler");
    await driveProbe(handler);
    expect(recorded.used().map(({ action }) => action.split(":")[0])).toEqual(
      expect.arrayContaining(["dynamodb", "s3", "bedrock"]),
    );
  },
};

async function drive(driven: Driven): Promise<void> {
  const { variables, world } = recorded.begin(driven);
  await drives[driven.noun]?.(variables, world);
}

const driven = [...everyFunction, ...everyListed].filter(({ noun }) => noun in drives);

it("every function is driven, here or with the secrets that it looks after", () => {
  const elsewhere = /^(rotate-.+|rotation-auditor|credential-sweeper|redeliver-webhooks|webhook)$/;

  expect(everyFunction.map(({ noun }) => noun).filter((noun) => !(noun in drives) && !elsewhere.test(noun))).toEqual(
    [],
  );
  expect(new Set(driven.map(({ noun }) => noun))).toEqual(new Set(Object.keys(drives)));
});

it.each(driven)("in $environment, the code of $noun does all that its role may, and nothing else", async (each) => {
  await drive(each);

  expect(codeDifferences(each, recorded.used())).toEqual([]);
});

it.each(everyFunction)(
  "in $environment, Lambda does in the name of $noun what its role lets it, and no more",
  (each) => {
    const { fn, facts, noun } = each;

    expect(rightsDifferences(noun, splitRights(fn).runtime, usedByRuntime(fn, facts))).toEqual([]);
  },
);

it.each(everyFunction)("in $environment, the code of $noun is kept from the interfaces that Lambda makes", (each) => {
  const denied = each.fn.rights.filter(({ effect }) => effect !== "Allow");
  const made = each.fn.rights.filter(({ effect, action }) => effect === "Allow" && action.startsWith("ec2:"));

  expect([...new Set(denied.map(({ action }) => action))].sort()).toEqual(
    [...new Set(made.map(({ action }) => action))].sort(),
  );
  expect(denied.map(({ effect, resource, conditions }) => ({ effect, resource, conditions }))).toEqual(
    denied.map(() => ({
      effect: "Deny",
      resource: "*",
      conditions: {
        "lambda:SourceFunctionArn": `arn:aws:lambda:${each.facts.region}:${each.facts.accountId}:function:${each.fn.name}`,
      },
    })),
  );
});

describe("a difference is found", () => {
  const reviewer = driven.find(({ noun }) => noun === "reviewer");
  if (!reviewer) throw new Error("No example has a reviewer.");
  const change = (fn: Partial<Driven["fn"]>): Driven => ({ ...reviewer, fn: { ...reviewer.fn, ...fn } });

  beforeAll(() => drive(reviewer));

  it("where nothing fetches messages for the function", () => {
    const told = codeDifferences(change({ polledQueueArns: [] }), recorded.used());

    expect(told.map((line) => line.replace(/(arn|key).*,/, "…,"))).toEqual([
      "reviewer may sqs:DeleteMessage …, and never does",
      "reviewer may sqs:GetQueueAttributes …, and never does",
      "reviewer may sqs:ReceiveMessage …, and never does",
      "reviewer may kms:Decrypt …, and never does",
    ]);
  });

  it("where a function outside the VPC may make interfaces", () => {
    const { fn, facts, noun } = change({ subnetIds: [], securityGroupIds: [] });

    const told = rightsDifferences(noun, splitRights(fn).runtime, usedByRuntime(fn, facts));

    expect(new Set(told.map((line) => line.split(" ")[2]))).toEqual(
      new Set([
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:AssignPrivateIpAddresses",
        "ec2:DeleteNetworkInterface",
        "ec2:UnassignPrivateIpAddresses",
      ]),
    );
  });
});
