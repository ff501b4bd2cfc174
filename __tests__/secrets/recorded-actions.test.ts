import { readRegistry as readSwept } from "../../functions/credential-sweeper/registry";
import { readRegistry as readRotated } from "../../functions/rotate-secret/registry";
import { readRegistry as readAudited } from "../../functions/rotation-auditor/registry";
import { rightsDifferences } from "../functions/support/compare-rights";
import { driveAuditor, driveRedelivery, driveSweeper } from "../functions/support/drive-keepers";
import { driveRotation } from "../functions/support/drive-rotation";
import { driveWebhook } from "../functions/support/drive-webhook";
import { fetchFrom } from "../functions/support/fake-sides";
import { codeDifferences, type Driven, recordedProcess } from "../functions/support/recorded-process";
import type { RecordedWorld } from "../functions/support/recorded-world";
import { deployed } from "../functions/support/role-of";
import { splitRights } from "../functions/support/runtime-rights";
import { targets } from "../functions/support/strategy-of";

// Settling and polling take no time here; that they do elsewhere is tested beside their code.
jest.mock("node:timers/promises", () => ({ setTimeout: async () => undefined }));
jest.setTimeout(60_000);

/** Between them they have a secret of each kind. */
const environments = ["production", "staging", "brownfield"].map((name) => ({ name, ...deployed(name) }));
const driven: readonly Driven[] = environments.flatMap(({ name, functions, facts }) =>
  functions
    .filter(({ noun }) => /^(rotate-.+|rotation-auditor|credential-sweeper|redeliver-webhooks|webhook)$/.test(noun))
    .map((fn) => ({ environment: name, noun: fn.noun, fn, facts })),
);

const recorded = recordedProcess((world) => fetchFrom(() => world().sides));

type Drive = (variables: Readonly<Record<string, string>>, world: RecordedWorld) => Promise<void>;

const rotations = Array.from({ length: 14 }, () => "rotated");

/** Each function, down all its paths; what it did there is checked so that a path that ends early is seen. */
const drives = {
  async "rotate-secret"({ REGISTRY = "" }, world) {
    const { handler }: typeof import("../../functions/rotate-secret/handler.js") =
      require("../../functions/rotate-secret/handler");
    for (const entry of readRotated(REGISTRY)) {
      // Spacelift cannot be asked which value it uses.
      const last = entry.kind === "spacelift-named-webhook" ? "RotationError:not-adopted" : "adopted";
      const outcomes = await driveRotation(handler, entry, world);
      expect(outcomes).toEqual([...rotations, "repaired", "adopted", "adopted", last]);
    }
  },
  async "rotation-auditor"({ REGISTRY = "" }, world) {
    const { handler }: typeof import("../../functions/rotation-auditor/handler.js") =
      require("../../functions/rotation-auditor/handler");
    const registry = readAudited(REGISTRY);
    await driveAuditor(handler, registry, world);
    const rotated = registry.filter(({ rotatorName }) => rotatorName !== undefined);
    const signing = rotated.filter(({ source }) => source !== undefined);
    expect(world.invoked).toEqual([...signing.map(() => "repair"), ...rotated.map(() => "adopt")]);
  },
  async "credential-sweeper"({ REGISTRY = "" }, world) {
    const { handler }: typeof import("../../functions/credential-sweeper/handler.js") =
      require("../../functions/credential-sweeper/handler");
    await driveSweeper(handler, readSwept(REGISTRY), world);
    expect([...world.gateway.keys, ...world.sides.entra.passwords]).toEqual([]);
  },
  async "redeliver-webhooks"(_, world) {
    const { handler }: typeof import("../../functions/redeliver-webhooks/handler.js") =
      require("../../functions/redeliver-webhooks/handler");
    await driveRedelivery(handler, world);
    expect(world.sides.hooks.http.calls.at(-1)).toMatch(/^POST .+\/deliveries\/1\/attempts$/);
  },
  async webhook(variables, world) {
    const { handler }: typeof import("../../functions/webhook/handler.js") = require("../../functions/webhook/handler");
    expect(await driveWebhook(handler, variables, world)).toEqual([202, 202, 202, 401, 202, 202]);
  },
} as const satisfies Record<string, Drive>;

async function drive(role: Driven): Promise<void> {
  const { variables, world } = recorded.begin(role);
  const folder = role.noun.startsWith("rotate-") ? "rotate-secret" : role.noun;
  await drives[folder as keyof typeof drives](variables, world);
}

it("all kinds of secrets are rotated here", () => {
  const rotators = driven.map(({ noun }) => noun).filter((noun) => noun.startsWith("rotate-"));

  expect(rotators.sort()).toEqual(
    Object.keys(targets)
      .map((kind) => `rotate-${kind}`)
      .sort(),
  );
});

it.each(driven)("in $environment, $noun does all that its role may, and nothing else", async (role) => {
  await drive(role);

  expect(codeDifferences(role, recorded.used())).toEqual([]);
});

describe("a difference is told by role and action", () => {
  const role = driven.find(({ noun }) => noun === "rotate-generic-random");
  if (!role) throw new Error("No example has a random secret.");
  const rights = splitRights(role.fn).code;
  const [first] = rights;

  beforeAll(() => drive(role));

  it("of a right that is never used", () => {
    const more = { ...first, sid: "More", effect: "Allow", action: "s3:GetObject", resource: "arn:aws:s3:::a/*" };

    expect(
      rightsDifferences("rotate-generic-random", [...rights, { ...more, conditions: {} }], recorded.used()),
    ).toEqual(["rotate-generic-random may s3:GetObject arn:aws:s3:::a/*, and never does"]);
  });

  it("of a call without a right", () => {
    const fewer = rights.filter(({ action }) => action !== "secretsmanager:DescribeSecret");

    expect(rightsDifferences("rotate-generic-random", fewer, recorded.used())).toEqual([
      expect.stringMatching(/^rotate-generic-random may not secretsmanager:DescribeSecret arn:.+session-pepper/),
    ]);
  });

  it("of a condition that does not hold", () => {
    const other = "arn:aws:lambda:us-east-1:777788889999:function:other";
    const variable = "secretsmanager:resource/AllowRotationLambdaArn";
    const bound = rights.map((right) =>
      variable in right.conditions ? { ...right, conditions: { [variable]: other } } : right,
    );

    const told = rightsDifferences("rotate-generic-random", bound, recorded.used());

    expect(told.map((line) => line.split(" arn:")[0])).toEqual([
      "rotate-generic-random may secretsmanager:PutSecretValue",
      "rotate-generic-random may secretsmanager:UpdateSecretVersionStage",
      "rotate-generic-random may not secretsmanager:PutSecretValue",
      "rotate-generic-random may not secretsmanager:UpdateSecretVersionStage",
    ]);
  });
});
