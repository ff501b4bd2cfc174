import { existingRefs } from "../../src/adopt/existing-refs";
import { createNames } from "../../src/config/names";
import { configWith, entry, key } from "./existing-things";

const refs = (...things: object[]) => {
  const config = configWith(things);
  return existingRefs(config, createNames(config));
};

it("alarms get to know every API, function and table, whatever its mode", () => {
  const found = refs(
    entry("rest-api", "attach", ["web-acl"]),
    entry("function", "verify", ["timeout"]),
    entry("function", "adopt", [], { name: "ledger", timeoutSeconds: 5 }),
    entry("table", "adopt", []),
    entry("table", "attach", ["backup"], { name: "orders" }),
    entry("bucket", "attach", ["versioning"]),
    entry("secret", "verify", ["rotation"]),
    entry("log-group", "adopt", []),
  );

  expect(found).toEqual({
    apis: [{ id: "existing-orders-prod", ref: { restApiId: "a1b2c3d4e5", name: "orders", stage: "prod" } }],
    functions: [
      {
        id: "existing-billing",
        ref: {
          name: "billing",
          arn: "arn:aws:lambda:us-east-1:111122223333:function:billing",
          timeoutSeconds: 30,
          reservedConcurrency: 20,
        },
      },
      {
        id: "existing-ledger",
        ref: {
          name: "ledger",
          arn: "arn:aws:lambda:us-east-1:111122223333:function:ledger",
          timeoutSeconds: 5,
          reservedConcurrency: 20,
        },
      },
    ],
    tables: [
      {
        id: "existing-invoices",
        ref: { name: "invoices", arn: "arn:aws:dynamodb:us-east-1:111122223333:table/invoices" },
      },
      { id: "existing-orders", ref: { name: "orders", arn: "arn:aws:dynamodb:us-east-1:111122223333:table/orders" } },
    ],
    rotations: [],
  });
});

it("a function that reserves nothing is measured against the account's concurrency", () => {
  const { functions } = refs(entry("function", "verify", ["timeout"], { reservedConcurrency: undefined }));

  expect(functions.map(({ ref }) => ref.reservedConcurrency)).toEqual([1000]);
});

it("an environment that lists nothing has nothing to watch", () => {
  expect(refs()).toEqual({ apis: [], functions: [], tables: [], rotations: [] });
});

it("a secret that is to rotate is known by a noun in lower case, and how its value is made", () => {
  const { rotations } = refs(entry("secret", "attach", ["rotation", "policy"]));

  expect(rotations).toEqual([
    {
      name: expect.stringMatching(/^existing-payments-api-key-a1b2c3-[0-9a-f]{8}$/),
      arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments/api-key-a1B2c3",
      kmsKeyArn: key,
      strategy: {
        kind: "generic-random",
        length: 32,
        alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        maxAgeDays: 32,
      },
    },
  ]);
});
